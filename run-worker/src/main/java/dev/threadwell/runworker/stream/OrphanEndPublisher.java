package dev.threadwell.runworker.stream;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.run.RunStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the terminal events of a run that ended while no worker executed it: one that was
 * cancelled or expired while it was queued, or while its tool calls were not answered. If this
 * worker dies before that, the API shows clients only the end of the run, from its row.
 */
@ApplicationScoped
public class OrphanEndPublisher {

    private final StreamWriters streams;

    @Inject
    public OrphanEndPublisher(StreamWriters streams) {
        this.streams = streams;
    }

    /** Publishes the end of the run, if this attempt ended it while no worker executed it. */
    public void publish(RunStore.@Nullable Applied applied) {
        if (applied == null || !applied.endsUnclaimed()) {
            return;
        }
        RunRow row = applied.row();
        StreamWriter stream = streams.of(row);
        if (applied.before().run().status() == RunStatus.CANCELLING) {
            stream.emitRun(applied.before());
        }
        applied.steps().forEach(open -> stream.emitStep(row, open.step()));
        stream.emitRun(row);
    }
}
