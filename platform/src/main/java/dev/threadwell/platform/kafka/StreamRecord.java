package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event of a streamed run with its position in {@code run.stream}. */
public record StreamRecord(int partition, long offset, StreamEvent event) {

    /**
     * Parses a record.
     *
     * @throws IllegalArgumentException if the record is not an event
     */
    public static StreamRecord of(ConsumerRecord<String, byte[]> found) {
        return new StreamRecord(found.partition(), found.offset(), StreamRecords.event(found));
    }
}
