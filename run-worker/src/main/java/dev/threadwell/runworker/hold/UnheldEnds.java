package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.run.RunStatus;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.RunStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Shows in its stream how a run ended that no worker held: one that was cancelled or expired before
 * a worker took it, or while its tools were out. If this worker dies before it does, the API shows
 * the run's end alone.
 */
@ApplicationScoped
public class UnheldEnds {

    private final StreamProducer producer;

    @Inject
    public UnheldEnds(StreamProducer producer) {
        this.producer = producer;
    }

    /** Shows what came of an attempt to end a run, if it did. */
    public void show(RunStore.@Nullable Applied applied) {
        if (applied == null || !applied.endsUnheld()) {
            return;
        }
        RunRow row = applied.row();
        StreamWriter stream = StreamWriter.of(producer, row);
        if (applied.before().run().status() == RunStatus.CANCELLING) {
            stream.emitRun(applied.before());
        }
        applied.steps().forEach(open -> stream.emitStep(row, open.step()));
        stream.emitRun(row);
    }
}
