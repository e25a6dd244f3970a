package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Parses records of {@code run.stream}. */
public final class StreamRecords {

    private StreamRecords() {}

    /**
     * Parses the event of a record.
     *
     * @throws IllegalArgumentException if the record is not an event
     */
    public static StreamEvent event(ConsumerRecord<String, byte[]> found) {
        if (found.key() == null || found.value() == null) {
            throw new IllegalArgumentException("no key or no value");
        }
        Headers headers = found.headers();
        Header index = headers.lastHeader(StreamEvent.INDEX_HEADER);
        return new StreamEvent(
                found.key(),
                Integer.parseInt(header(headers, StreamEvent.EPOCH_HEADER)),
                index == null ? StreamEvent.UNNUMBERED : Integer.parseInt(text(index)),
                header(headers, StreamEvent.NAME_HEADER),
                found.value());
    }

    /**
     * The text of a header.
     *
     * @throws IllegalArgumentException if it is missing
     */
    public static String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return text(header);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
