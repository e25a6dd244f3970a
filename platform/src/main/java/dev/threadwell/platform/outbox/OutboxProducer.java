package dev.threadwell.platform.outbox;

import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.platform.kafka.NonBlockingProducer;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends outbox messages to Kafka. It never blocks; a message that cannot be sent now stays in the
 * outbox.
 */
@ApplicationScoped
public class OutboxProducer {

    private final NonBlockingProducer producer;
    private final OutboxMetrics metrics;

    @Inject
    public OutboxProducer(KafkaConnection kafka, OutboxMetrics metrics) {
        this(NonBlockingProducer.open(kafka, Map.of()), metrics);
    }

    /** Creates an outbox producer with metrics that nobody reads. */
    public OutboxProducer(KafkaConnection kafka) {
        this(kafka, OutboxMetrics.unread());
    }

    /** Creates an outbox producer on top of this Kafka producer, which must never block. */
    public OutboxProducer(Producer<String, byte[]> kafka) {
        this(new NonBlockingProducer(kafka), OutboxMetrics.unread());
    }

    private OutboxProducer(NonBlockingProducer producer, OutboxMetrics metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    /** Fetches the metadata of all topics, including these functions' topics. Blocking. */
    public void prepare(List<String> more) {
        more.forEach(producer::learn);
        Topics.ofOutbox().forEach(producer::learn);
        Topics.consumed().stream().map(Topics::dead).forEach(producer::learn);
    }

    /** Sends a message; the future completes when the broker has acknowledged it. */
    public CompletableFuture<RecordMetadata> send(OutboxMessage message) {
        var record =
                new ProducerRecord<>(
                        message.topic(),
                        message.key(),
                        message.payload().getBytes(StandardCharsets.UTF_8));
        message.headers()
                .forEach((k, v) -> record.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));
        CompletableFuture<RecordMetadata> sent = producer.send(record);
        // Not its result: that would wrap the failure, by whose type the outbox decides what to do.
        var _ =
                sent.whenComplete(
                        (_, failure) -> {
                            if (failure == null) {
                                metrics.sent(message.topic());
                            } else {
                                metrics.failed(message.topic());
                            }
                        });
        return sent;
    }

    /**
     * Sends a record that cannot be processed to the topic's dead-letter topic, with the reason.
     */
    public CompletableFuture<RecordMetadata> deadLetter(
            String topic, @Nullable String key, byte[] value, String reason) {
        var record = new ProducerRecord<>(Topics.dead(topic), key, value);
        record.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        CompletableFuture<RecordMetadata> sent = producer.send(record);
        var _ =
                sent.whenComplete(
                        (_, failure) -> {
                            if (failure == null) {
                                metrics.dead(topic);
                            }
                        });
        return sent;
    }

    /** Retries without limit until the broker has acknowledged the record. */
    public static Uni<Void> untilSent(Supplier<CompletionStage<RecordMetadata>> send) {
        return TransientFailures.afterAnyFailure(Uni.createFrom().completionStage(send))
                .indefinitely()
                .replaceWithVoid();
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
