package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event of a streamed run, and where in {@code run.stream} it lies. */
public record StreamRecord(int partition, long offset, StreamEvent event) {

    /**
     * The event of a record.
     *
     * @throws IllegalArgumentException if the record is none of ours
     */
    public static StreamRecord of(ConsumerRecord<String, byte[]> found) {
        return new StreamRecord(found.partition(), found.offset(), StreamRecords.event(found));
    }
}
