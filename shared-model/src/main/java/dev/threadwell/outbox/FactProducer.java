package dev.threadwell.outbox;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The process's one Kafka producer. */
@ApplicationScoped
public class FactProducer {

    private final Producer<String, byte[]> kafka;

    @Inject
    public FactProducer(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this(
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                // Never block an event loop: what cannot be sent now stays in the
                                // outbox.
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                0,
                                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                                Duration.ofDays(30).toMillis(),
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                5_000,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                120_000,
                                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                                500),
                        new StringSerializer(),
                        new ByteArraySerializer()));
    }

    /** Sends through a producer that never blocks. */
    public FactProducer(Producer<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Learns where the topics are, so that the first record need not wait for it. */
    public void prepare() {
        Topics.facts().forEach(this::learn);
        learn(Topics.RUN_STREAM);
        Topics.consumed().stream().map(Topics::dead).forEach(this::learn);
    }

    private void learn(String topic) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                kafka.partitionsFor(topic);
                return;
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }
    }

    /** Sends a fact; the future completes when the broker has it. */
    public CompletableFuture<RecordMetadata> send(Fact fact) {
        var message =
                new ProducerRecord<>(
                        fact.topic(), fact.key(), fact.payload().getBytes(StandardCharsets.UTF_8));
        fact.headers()
                .forEach((k, v) -> message.headers().add(k, v.getBytes(StandardCharsets.UTF_8)));
        return send(message);
    }

    /** Sends an event of a streamed run to the partition that its listener reads. */
    public CompletableFuture<RecordMetadata> send(int partition, StreamEvent event) {
        var message =
                new ProducerRecord<>(Topics.RUN_STREAM, partition, event.runId(), event.data());
        message.headers()
                .add(StreamEvent.NAME_HEADER, event.name().getBytes(StandardCharsets.UTF_8))
                .add(
                        StreamEvent.EPOCH_HEADER,
                        Integer.toString(event.epoch()).getBytes(StandardCharsets.UTF_8));
        return send(message);
    }

    /** Puts a record that no handler can read aside, with the reason. */
    public CompletableFuture<RecordMetadata> bury(
            String topic, @Nullable String key, byte[] value, String reason) {
        var message = new ProducerRecord<>(Topics.dead(topic), key, value);
        message.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        return send(message);
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> message) {
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        var unused =
                kafka.send(
                        message,
                        (metadata, failure) -> {
                            if (failure == null) {
                                sent.complete(metadata);
                            } else {
                                sent.completeExceptionally(failure);
                            }
                        });
        return sent;
    }

    @PreDestroy
    void close() {
        kafka.close(Duration.ofSeconds(5));
    }
}
