package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends the events of streamed runs.
 *
 * <p>A single event is sent at once. During a burst ({@link BurstBatching}) events wait some
 * milliseconds and are sent together: ten thousand requests a second, each with one event, would
 * cost the broker and the readers more than the events themselves. Outbox messages have a producer
 * of their own, so that they never wait behind a delta.
 */
@ApplicationScoped
public class StreamProducer {

    private final NonBlockingProducer producer;
    private final BurstBatching batching = new BurstBatching(System.nanoTime());
    private final List<Held> held = new ArrayList<>();
    private final ScheduledExecutorService ends =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stream-linger").factory());

    /** The limit on unacknowledged events in bytes, for all runs together. */
    private static final long MAX_WAITING_BYTES = 48L << 20;

    private final AtomicLong waitingBytes = new AtomicLong();

    private record Held(
            ProducerRecord<String, byte[]> message, CompletableFuture<RecordMetadata> sent) {}

    @Inject
    public StreamProducer(KafkaConnection kafka) {
        this.producer =
                NonBlockingProducer.open(
                        kafka,
                        Map.of(
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                64 * 1024));
    }

    /** Creates a stream producer on top of this Kafka producer, which must never block. */
    public StreamProducer(Producer<String, byte[]> kafka) {
        this.producer = new NonBlockingProducer(kafka);
    }

    /** Fetches the metadata of the topic. Blocking. */
    public void prepare() {
        producer.learn(Topics.RUN_STREAM);
    }

    /** Sends an event to the partition that its listener reads, after all earlier events. */
    public CompletableFuture<RecordMetadata> send(int partition, StreamEvent event) {
        var message =
                new ProducerRecord<>(Topics.RUN_STREAM, partition, event.runId(), event.data());
        message.headers()
                .add(StreamEvent.NAME_HEADER, event.name().getBytes(StandardCharsets.UTF_8))
                .add(
                        StreamEvent.EPOCH_HEADER,
                        Integer.toString(event.epoch()).getBytes(StandardCharsets.UTF_8));
        if (event.isNumbered()) {
            message.headers()
                    .add(
                            StreamEvent.INDEX_HEADER,
                            Integer.toString(event.index()).getBytes(StandardCharsets.UTF_8));
        }
        return send(message);
    }

    /**
     * Reserves memory for an event that may have to wait; returns false if the limit is reached.
     */
    boolean reserve(long bytes) {
        if (waitingBytes.addAndGet(bytes) <= MAX_WAITING_BYTES) {
            return true;
        }
        releaseBytes(bytes);
        return false;
    }

    /** Releases reserved memory. */
    void releaseBytes(long bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /** Schedules the task after this pause; returns false if the producer is closed. */
    boolean later(Duration pause, Runnable task) {
        try {
            var _ = ends.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private synchronized CompletableFuture<RecordMetadata> send(
            ProducerRecord<String, byte[]> message) {
        long wait = batching.waitFrom(System.nanoTime());
        if (wait == 0) {
            release();
            return producer.send(message);
        }
        var one = new Held(message, new CompletableFuture<>());
        held.add(one);
        if (held.size() == 1) {
            var _ = ends.schedule(this::release, wait, TimeUnit.NANOSECONDS);
        }
        return one.sent();
    }

    private synchronized void release() {
        held.forEach(one -> producer.send(one.message(), one.sent()));
        held.clear();
    }

    @PreDestroy
    void close() {
        release();
        ends.shutdown();
        producer.close();
    }
}
