package dev.threadwell.bench.client;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Incremental parser for server-sent events. */
final class SseReader {

    /** Receives each event with the time at which its last byte was read. */
    interface Listener {
        void on(String event, String data, long nanos);
    }

    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private String event = "";

    SseReader(Listener listener) {
        this.listener = listener;
    }

    void read(Buffer bytes) {
        long now = System.nanoTime();
        int length = bytes.length();
        for (int i = 0; i < length; i++) {
            byte b = bytes.getByte(i);
            if (b == '\n') {
                line(line.toString(StandardCharsets.UTF_8), now);
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    private void line(String text, long now) {
        String content = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (content.isEmpty()) {
            dispatch(now);
        } else if (content.startsWith("event:")) {
            event = content.substring("event:".length()).strip();
        } else if (content.startsWith("data:")) {
            data.append(data.isEmpty() ? "" : "\n")
                    .append(content.substring("data:".length()).strip());
        }
    }

    private void dispatch(long now) {
        if (!data.isEmpty()) {
            listener.on(event, data.toString(), now);
        }
        event = "";
        data.setLength(0);
    }
}
