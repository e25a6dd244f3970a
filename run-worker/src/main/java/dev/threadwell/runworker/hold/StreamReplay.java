package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.RunStreamReader;
import dev.threadwell.outbox.StreamConsumers;
import dev.threadwell.runworker.turn.Recovery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Reads back what a run's former workers wrote to its stream. */
@ApplicationScoped
public class StreamReplay {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunStreamReader reader;

    @Inject
    public StreamReplay(StreamConsumers consumers) {
        this(new RunStreamReader(consumers::open, PATIENCE));
    }

    StreamReplay(RunStreamReader reader) {
        this.reader = reader;
    }

    /**
     * What is open behind the run's events in front of an offset. Each event is looked at and let
     * go, so that a long stream takes no more memory than the message that is open at its end.
     * Blocks, so it is called from a worker thread.
     *
     * @param createdAt when the run was created, in Unix seconds
     * @param fence the offset of the reader's own fence: what lies behind it does not count
     */
    Recovery read(int partition, String runId, long createdAt, long fence) {
        Recovery recovery = new Recovery();
        reader.eachSince(runId, createdAt, partition, fence, found -> recovery.take(found.event()));
        return recovery;
    }
}
