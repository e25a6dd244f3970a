package dev.threadwell.runworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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

    <T> Uni<List<T>> read(ConsumerRecords<String, byte[]> batch, Class<T> type) {
        List<T> readable = new ArrayList<>();
        Uni<Void> buried = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> entry : batch) {
            try {
                readable.add(Objects.requireNonNull(Json.read(entry.value(), type)));
            } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
                buried = buried.call(() -> bury(entry, e));
            }
        }
        return buried.replaceWith(readable);
    }

    private Uni<Void> bury(ConsumerRecord<String, byte[]> entry, RuntimeException reason) {
        LOG.errorf(
                "a record cannot be read and is put aside topic=%s partition=%d offset=%d",
                topic, entry.partition(), entry.offset());
        byte[] value = entry.value() == null ? new byte[0] : entry.value();
        return Uni.createFrom()
                .completionStage(
                        () ->
                                producer.bury(
                                        topic,
                                        entry.key(),
                                        value,
                                        reason.getClass().getSimpleName()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .indefinitely()
                .replaceWithVoid();
    }
}
