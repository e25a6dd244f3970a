package dev.threadwell.bench.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A Kafka subscriber that reports each new record with the time at which it was received. */
public final class Tap implements AutoCloseable {

    /** Receives each record, on the tap's own thread. */
    public interface Listener {
        void on(ConsumerRecord<String, byte[]> message, long nanos);
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    private Tap(KafkaConsumer<String, byte[]> consumer, Listener listener) {
        this.consumer = consumer;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("tap").unstarted(this::run);
    }

    public static Tap on(Map<String, Object> kafka, List<String> topics, Listener listener) {
        var consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; requesting the position performs it, so that no later record is missed.
        partitions.forEach(consumer::position);
        var tap = new Tap(consumer, listener);
        tap.thread.start();
        return tap;
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                var records = consumer.poll(Duration.ofSeconds(1));
                long now = System.nanoTime();
                records.forEach(message -> listener.on(message, now));
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
