package dev.threadwell.bench.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Measures one Kafka hop: a record of 1 KiB, from {@code send} until a consumer has received it.
 */
public final class HopProbe implements AutoCloseable {

    private static final String TOPIC = "bench.hop";
    private static final byte[] CONTENT = new byte[1024];

    private final KafkaProducer<String, byte[]> producer;
    private final BlockingQueue<Long> seen = new ArrayBlockingQueue<>(1);
    private final Tap tap;

    private HopProbe(Map<String, Object> kafka) {
        this.producer = PromptProducer.open(kafka);
        this.tap = Tap.on(kafka, List.of(TOPIC), (message, nanos) -> seen.add(nanos));
    }

    public static HopProbe open(Map<String, Object> kafka) {
        BenchTopic.create(kafka, TOPIC);
        return new HopProbe(kafka);
    }

    /** Sends one record; returns the nanoseconds that the hop took. */
    public synchronized long hop() {
        long before = System.nanoTime();
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, "key", CONTENT));
        try {
            Long at = seen.poll(10, TimeUnit.SECONDS);
            if (at == null) {
                throw new IllegalStateException("a record was lost");
            }
            sent.get();
            return at - before;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        tap.close();
        producer.close();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
