package dev.threadwell.outbox;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends the events of streamed runs.
 *
 * <p>One request is under way at a time. What arrives meanwhile leaves together with the next: a
 * lone event waits for nothing, and ten thousand a second need a tenth of the requests. Facts have
 * a producer of their own, so that none waits behind a delta.
 */
@ApplicationScoped
public class StreamProducer {

    private final NonBlockingProducer producer;

    @Inject
    public StreamProducer(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.producer =
                NonBlockingProducer.open(
                        servers,
                        Map.of(
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                64 * 1024));
    }

    /** Sends through a producer that never blocks. */
    public StreamProducer(Producer<String, byte[]> kafka) {
        this.producer = new NonBlockingProducer(kafka);
    }

    /** Learns where the topic is. */
    public void prepare() {
        producer.learn(Topics.RUN_STREAM);
    }

    /** Sends an event to the partition that its listener reads. */
    public CompletableFuture<RecordMetadata> send(int partition, StreamEvent event) {
        var message =
                new ProducerRecord<>(Topics.RUN_STREAM, partition, event.runId(), event.data());
        message.headers()
                .add(StreamEvent.NAME_HEADER, event.name().getBytes(StandardCharsets.UTF_8))
                .add(
                        StreamEvent.EPOCH_HEADER,
                        Integer.toString(event.epoch()).getBytes(StandardCharsets.UTF_8));
        return producer.send(message);
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
