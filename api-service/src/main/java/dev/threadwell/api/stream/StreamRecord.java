package dev.threadwell.api.stream;

import dev.threadwell.topic.StreamEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** An event of a streamed run, and where in {@code run.stream} it lies. */
record StreamRecord(int partition, long offset, StreamEvent event) {

    static StreamRecord of(ConsumerRecord<String, byte[]> found) {
        return new StreamRecord(
                found.partition(),
                found.offset(),
                new StreamEvent(
                        found.key(),
                        Integer.parseInt(text(found.headers(), StreamEvent.EPOCH_HEADER)),
                        text(found.headers(), StreamEvent.NAME_HEADER),
                        found.value()));
    }

    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
