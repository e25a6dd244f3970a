package dev.threadwell.runworker.stream;

import dev.threadwell.outbox.RunStreamReader;
import dev.threadwell.outbox.StreamConsumers;
import dev.threadwell.runworker.turn.Recovery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Reads back from Kafka what a run's former workers wrote to its stream. */
@ApplicationScoped
public class StreamReplay implements StreamHistory {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunStreamReader reader;

    @Inject
    public StreamReplay(StreamConsumers consumers) {
        this(new RunStreamReader(consumers::open, PATIENCE));
    }

    StreamReplay(RunStreamReader reader) {
        this.reader = reader;
    }

    @Override
    public Recovery read(int partition, String runId, long createdAt, long fence) {
        Recovery recovery = new Recovery();
        reader.eachSince(runId, createdAt, partition, fence, found -> recovery.take(found.event()));
        return recovery;
    }
}
