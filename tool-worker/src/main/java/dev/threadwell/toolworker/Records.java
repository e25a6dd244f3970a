package dev.threadwell.toolworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/** Reads the records of a topic; what cannot be read is put aside and never blocks a partition. */
final class Records {

    private static final Logger LOG = Logger.getLogger(Records.class);

    private final FactProducer producer;
    private final String topic;

    Records(FactProducer producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Handles what the record says, or puts the record aside. */
    <T> Uni<Void> handle(
            ConsumerRecord<String, byte[]> entry, Class<T> type, Function<T, Uni<Void>> handler) {
        T fact;
        try {
            fact = Objects.requireNonNull(Json.read(entry.value(), type));
        } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
            return bury(entry, e);
        }
        return handler.apply(fact);
    }

    private Uni<Void> bury(ConsumerRecord<String, byte[]> entry, RuntimeException reason) {
        LOG.errorf(
                "a record cannot be read and is put aside topic=%s partition=%d offset=%d",
                entry.topic(), entry.partition(), entry.offset());
        byte[] value = entry.value() == null ? new byte[0] : entry.value();
        return sent(
                () -> producer.bury(topic, entry.key(), value, reason.getClass().getSimpleName()));
    }

    /** Until the broker has it the record is not acknowledged, however long the broker is away. */
    static Uni<Void> sent(Supplier<CompletionStage<RecordMetadata>> send) {
        return Uni.createFrom()
                .completionStage(send)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .indefinitely()
                .replaceWithVoid();
    }
}
