package dev.threadwell.api.stream;

import dev.threadwell.outbox.StreamRecords;
import dev.threadwell.topic.StreamEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event of a streamed run, and where in {@code run.stream} it lies. */
record StreamRecord(int partition, long offset, StreamEvent event) {

    static StreamRecord of(ConsumerRecord<String, byte[]> found) {
        return new StreamRecord(found.partition(), found.offset(), StreamRecords.event(found));
    }
}
