package dev.threadwell.runworker.stream;

import dev.threadwell.platform.kafka.ConsumerFactory;
import dev.threadwell.platform.kafka.RunStreamReader;
import dev.threadwell.runworker.turn.PartialTurn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Reads back from Kafka what the previous workers of a run wrote to its stream. */
@ApplicationScoped
public class KafkaStreamHistory implements StreamHistory {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunStreamReader reader;

    @Inject
    public KafkaStreamHistory(ConsumerFactory consumers) {
        this(new RunStreamReader(consumers::open, PATIENCE));
    }

    KafkaStreamHistory(RunStreamReader reader) {
        this.reader = reader;
    }

    @Override
    public PartialTurn read(int partition, String runId, long createdAt, long fence) {
        PartialTurn recovery = new PartialTurn();
        reader.eachSince(runId, createdAt, partition, fence, found -> recovery.take(found.event()));
        return recovery;
    }
}
