package dev.threadwell.platform.outbox;

import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.platform.kafka.NonBlockingProducer;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends facts; one that cannot be sent now stays in the outbox. */
@ApplicationScoped
public class OutboxProducer {

    private final NonBlockingProducer producer;

    @Inject
    public OutboxProducer(KafkaConnection kafka) {
        this.producer = NonBlockingProducer.open(kafka, Map.of());
    }

    /** Sends through a producer that never blocks. */
    public OutboxProducer(Producer<String, byte[]> kafka) {
        this.producer = new NonBlockingProducer(kafka);
    }

    /** Learns where the topics are, and these. */
    public void prepare(List<String> more) {
        more.forEach(producer::learn);
        Topics.facts().forEach(producer::learn);
        Topics.consumed().stream().map(Topics::dead).forEach(producer::learn);
    }

    /** Sends a fact; the future completes when the broker has it. */
    public CompletableFuture<RecordMetadata> send(OutboxMessage fact) {
        var message =
                new ProducerRecord<>(
                        fact.topic(), fact.key(), fact.payload().getBytes(StandardCharsets.UTF_8));
        fact.headers()
                .forEach((k, v) -> message.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));
        return producer.send(message);
    }

    /** Puts a record that no handler can read aside, with the reason. */
    public CompletableFuture<RecordMetadata> deadLetter(
            String topic, @Nullable String key, byte[] value, String reason) {
        var message = new ProducerRecord<>(Topics.dead(topic), key, value);
        message.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        return producer.send(message);
    }

    /** Sends again and again until the broker has it, however long the broker is away. */
    public static Uni<Void> untilSent(Supplier<CompletionStage<RecordMetadata>> send) {
        return Uni.createFrom()
                .completionStage(send)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .indefinitely()
                .replaceWithVoid();
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
