package dev.threadwell.platform.kafka;

import dev.threadwell.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka producer that never blocks, so that event loops can use it: a record that it cannot
 * accept at once fails.
 */
public final class NonBlockingProducer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BUFFER = 4L * Topics.MAX_RECORD_BYTES;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Producer<String, byte[]> kafka;

    public NonBlockingProducer(Producer<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    public static NonBlockingProducer open(
            KafkaConnection connection, Map<String, Object> settings) {
        Map<String, Object> all = connection.with(settings);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER);
        all.putAll(
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        0,
                        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                        Duration.ofDays(30).toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        120_000,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500));
        return new NonBlockingProducer(
                new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer()));
    }

    /**
     * Fetches the metadata of a topic, so that sending its first record does not fail because the
     * metadata is missing. Blocking.
     */
    public void learn(String topic) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                kafka.partitionsFor(topic);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    /** Sends a record; the future completes when the broker has acknowledged it. */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> message) {
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        send(message, sent);
        return sent;
    }

    /** Sends a record and completes the given future as {@link #send(ProducerRecord)} does. */
    public void send(
            ProducerRecord<String, byte[]> message, CompletableFuture<RecordMetadata> sent) {
        try {
            var _ = kafka.send(message, (metadata, failure) -> end(sent, metadata, failure));
        } catch (RuntimeException e) {
            // E.g. the producer is closed. The transaction is committed, and its message is still
            // in the outbox.
            sent.completeExceptionally(e);
        }
    }

    private static void end(
            CompletableFuture<RecordMetadata> sent,
            RecordMetadata metadata,
            @Nullable Exception failure) {
        if (failure == null) {
            sent.complete(metadata);
        } else {
            sent.completeExceptionally(failure);
        }
    }

    public void close() {
        kafka.close(LAST_WORDS);
    }
}
