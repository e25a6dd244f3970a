package dev.threadwell.platform.outbox;

import dev.threadwell.platform.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the context of the span that sent a record. */
public final class TraceHeader {

    /** More than a context has; anything longer is none. */
    private static final int MOST_BYTES = 64;

    private TraceHeader() {}

    /** The context that the record names, or null. */
    public static @Nullable String of(ConsumerRecord<?, ?> entry) {
        Header header = entry.headers().lastHeader(Tracing.HEADER);
        return header == null || header.value() == null || header.value().length > MOST_BYTES
                ? null
                : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
