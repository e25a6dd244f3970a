package dev.threadwell.runworker.stream;

import dev.threadwell.outbox.KafkaConnection;
import dev.threadwell.outbox.StreamRecords;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads back from Kafka what a run's former workers wrote to its stream. */
@ApplicationScoped
public class StreamReplay implements StreamHistory {

    private static final Logger LOG = Logger.getLogger(StreamReplay.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConnection connection;

    @Inject
    public StreamReplay(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<StreamEvent> read(int partition, String runId, long since, long fence)
            throws TimeoutException {
        TopicPartition stream = new TopicPartition(Topics.RUN_STREAM, partition);
        List<StreamEvent> events = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var consumer = consumer()) {
            consumer.assign(List.of(stream));
            seek(consumer, stream, since);
            while (consumer.position(stream) < fence) {
                for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofMillis(500))) {
                    if (entry.offset() < fence && runId.equals(entry.key())) {
                        add(events, entry);
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the stream cannot be read back");
                }
            }
        }
        return events;
    }

    /** A record that nobody can read is no event. */
    private static void add(List<StreamEvent> events, ConsumerRecord<String, byte[]> entry) {
        try {
            events.add(StreamRecords.event(entry));
        } catch (IllegalArgumentException e) {
            LOG.warnf("record is not readable offset=%d reason=%s", entry.offset(), e.getMessage());
        }
    }

    private static void seek(
            KafkaConsumer<String, byte[]> consumer, TopicPartition stream, long since) {
        OffsetAndTimestamp start =
                consumer.offsetsForTimes(Map.of(stream, (since - 1) * 1000)).get(stream);
        if (start == null) {
            consumer.seekToBeginning(List.of(stream));
        } else {
            consumer.seek(stream, start.offset());
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                connection.with(
                        Map.of(
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
