package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A fake consumer of one partition of {@code run.stream} in memory, which returns a few records at
 * a time.
 */
final class WrittenStream extends MockConsumer<String, byte[]> {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.RUN_STREAM, 0);
    private static final int POLLED = 3;

    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final long first;
    private long next;

    /** Creates a partition whose oldest record has this offset. */
    WrittenStream(long first) {
        super("earliest");
        this.first = first;
        this.next = first;
    }

    /** Adds a record with the headers of an event. */
    void add(long timeMs, String run, String name, byte[] data) {
        var headers = new RecordHeaders();
        headers.add(StreamEvent.NAME_HEADER, name.getBytes(StandardCharsets.UTF_8));
        headers.add(StreamEvent.EPOCH_HEADER, "1".getBytes(StandardCharsets.UTF_8));
        add(timeMs, run, data, headers);
    }

    void add(long timeMs, String run, byte[] data, RecordHeaders headers) {
        records.add(
                new ConsumerRecord<>(
                        PARTITION.topic(),
                        PARTITION.partition(),
                        end(),
                        timeMs,
                        TimestampType.CREATE_TIME,
                        0,
                        data.length,
                        run,
                        data,
                        headers,
                        Optional.empty()));
    }

    long end() {
        return first + records.size();
    }

    @Override
    public synchronized void assign(Collection<TopicPartition> partitions) {}

    @Override
    public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
        int from = (int) (next - first);
        int to = Math.min(records.size(), from + POLLED);
        List<ConsumerRecord<String, byte[]>> some = List.copyOf(records.subList(from, to));
        next = first + to;
        return new ConsumerRecords<>(Map.of(PARTITION, some), Map.of());
    }

    @Override
    public synchronized long position(TopicPartition partition) {
        return next;
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
        next = offset;
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return Map.of(PARTITION, first);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return Map.of(PARTITION, end());
    }

    /**
     * The first record at or after the timestamp, as in Kafka; no entry if all records are older.
     */
    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        long time = times.get(PARTITION);
        return records.stream()
                .filter(found -> found.timestamp() >= time)
                .findFirst()
                .map(
                        found ->
                                Map.of(
                                        PARTITION,
                                        new OffsetAndTimestamp(found.offset(), found.timestamp())))
                .orElse(Map.of());
    }
}
