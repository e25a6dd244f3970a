package dev.threadwell.outbox;

import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads the facts of a topic; what cannot be read is put aside and never blocks a partition. */
public final class FactReader<T> {

    private static final Logger LOG = Logger.getLogger(FactReader.class);

    private final FactProducer producer;
    private final String topic;
    private final Class<T> type;

    /** Reads facts of this type from this topic. */
    public FactReader(FactProducer producer, String topic, Class<T> type) {
        this.producer = producer;
        this.topic = topic;
        this.type = type;
    }

    /** The facts that can be read, in their order, once the others are put aside. */
    public Uni<List<T>> read(ConsumerRecords<String, byte[]> batch) {
        List<T> readable = new ArrayList<>();
        Uni<Void> buried = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> entry : batch) {
            try {
                readable.add(read(entry));
            } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
                buried = buried.call(() -> bury(entry, e));
            }
        }
        return buried.replaceWith(readable);
    }

    /** Handles what the record says, or puts the record aside. */
    public Uni<Void> handle(ConsumerRecord<String, byte[]> entry, Function<T, Uni<Void>> handler) {
        T fact;
        try {
            fact = read(entry);
        } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
            return bury(entry, e);
        }
        return handler.apply(fact);
    }

    private T read(ConsumerRecord<String, byte[]> entry) {
        return Objects.requireNonNull(Json.read(entry.value(), type));
    }

    private Uni<Void> bury(ConsumerRecord<String, byte[]> entry, RuntimeException reason) {
        LOG.errorf(
                "a record cannot be read and is put aside topic=%s partition=%d offset=%d",
                topic, entry.partition(), entry.offset());
        byte[] value = entry.value() == null ? new byte[0] : entry.value();
        return FactProducer.untilSent(
                () -> producer.bury(topic, entry.key(), value, reason.getClass().getSimpleName()));
    }
}
