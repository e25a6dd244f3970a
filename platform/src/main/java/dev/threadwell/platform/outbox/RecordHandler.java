package dev.threadwell.platform.outbox;

import dev.threadwell.wire.Json;
import dev.threadwell.wire.Redaction;
import io.smallrye.mutiny.Uni;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Passes the messages of a topic to a handler. Records that are unreadable, and those on which the
 * handler fails three times, become dead letters, so that they do not block the partition.
 */
public final class RecordHandler<T> {

    private static final Logger LOG = Logger.getLogger(RecordHandler.class);

    private static final int MORE_TRIES = 2;

    private final OutboxProducer producer;
    private final String topic;
    private final Function<ConsumerRecord<String, byte[]>, T> reader;
    private final Duration pause;

    /** Creates a handler for messages of this type. */
    public RecordHandler(OutboxProducer producer, String topic, Class<T> type) {
        this(producer, topic, type, Duration.ofSeconds(1));
    }

    /** Creates a handler for messages that this function reads from their records. */
    public RecordHandler(
            OutboxProducer producer,
            String topic,
            Function<ConsumerRecord<String, byte[]>, T> reader) {
        this(producer, topic, reader, Duration.ofSeconds(1));
    }

    RecordHandler(OutboxProducer producer, String topic, Class<T> type, Duration pause) {
        this(
                producer,
                topic,
                entry -> Objects.requireNonNull(Json.read(entry.value(), type)),
                pause);
    }

    private RecordHandler(
            OutboxProducer producer,
            String topic,
            Function<ConsumerRecord<String, byte[]>, T> reader,
            Duration pause) {
        this.producer = producer;
        this.topic = topic;
        this.reader = reader;
        this.pause = pause;
    }

    private record Readable<T>(ConsumerRecord<String, byte[]> entry, T message) {}

    /** Handles a record. */
    public Uni<Void> handle(ConsumerRecord<String, byte[]> entry, Function<T, Uni<Void>> handler) {
        return handleEach(List.of(entry), handler);
    }

    /** Handles records one after the other. */
    public Uni<Void> handleEach(
            Iterable<ConsumerRecord<String, byte[]>> batch, Function<T, Uni<Void>> handler) {
        return read(batch).chain(known -> inTurn(known, handler));
    }

    /** Handles records together in one call; if that fails, handles each alone. */
    public Uni<Void> handleAll(
            Iterable<ConsumerRecord<String, byte[]>> batch, Function<List<T>, Uni<Void>> handler) {
        return read(batch).chain(known -> together(known, handler));
    }

    /** The readable messages in their order, after the unreadable ones have become dead letters. */
    private Uni<List<Readable<T>>> read(Iterable<ConsumerRecord<String, byte[]>> batch) {
        List<Readable<T>> readable = new ArrayList<>();
        Uni<Void> buried = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> entry : batch) {
            try {
                readable.add(new Readable<>(entry, reader.apply(entry)));
            } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
                LOG.errorf("a record cannot be read %s", place(entry));
                buried = buried.call(() -> deadLetter(entry, e));
            }
        }
        return buried.replaceWith(readable);
    }

    private Uni<Void> together(List<Readable<T>> known, Function<List<T>, Uni<Void>> handler) {
        List<T> all = known.stream().map(Readable::message).toList();
        return Uni.createFrom()
                .deferred(() -> handler.apply(all))
                .onFailure()
                .recoverWithUni(() -> inTurn(known, one -> handler.apply(List.of(one))));
    }

    private Uni<Void> inTurn(List<Readable<T>> known, Function<T, Uni<Void>> handler) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Readable<T> one : known) {
            all = all.chain(() -> handle(one, handler));
        }
        return all;
    }

    private Uni<Void> handle(Readable<T> one, Function<T, Uni<Void>> handler) {
        return Uni.createFrom()
                .deferred(() -> handler.apply(one.message()))
                .onFailure()
                .retry()
                .withBackOff(pause)
                .atMost(MORE_TRIES)
                .onFailure()
                .invoke(e -> LOG.errorf(e, "a record cannot be handled %s", place(one.entry())))
                .onFailure()
                .recoverWithUni(failure -> deadLetter(one.entry(), failure));
    }

    private String place(ConsumerRecord<String, byte[]> entry) {
        return "and is put aside topic=%s partition=%d offset=%d"
                .formatted(topic, entry.partition(), entry.offset());
    }

    /** Sends a dead letter. People read dead letters, so internal data is redacted. */
    private Uni<Void> deadLetter(ConsumerRecord<String, byte[]> entry, Throwable reason) {
        byte[] value = entry.value() == null ? new byte[0] : Redaction.of(entry.value());
        return OutboxProducer.untilSent(
                () ->
                        producer.deadLetter(
                                topic, entry.key(), value, reason.getClass().getSimpleName()));
    }
}
