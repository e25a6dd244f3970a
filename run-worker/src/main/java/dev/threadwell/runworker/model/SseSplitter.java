package dev.threadwell.runworker.model;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a stream of server-sent events into data lines. It works on bytes, so a character may be
 * split over two chunks; it accepts LF, CR and CRLF, several events in a chunk, and comments.
 */
final class SseSplitter {

    /** Receives the parsed lines. */
    interface Events {

        /** A data line of an event with this name; the name is empty if the event has none. */
        void data(String name, byte[] value);

        /** The event has ended. */
        void endOfEvent();
    }

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't', ':'};

    private final int longestLine;
    private final Events events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private String name = "";
    private boolean afterCr;

    SseSplitter(int longestLine, Events events) {
        this.longestLine = longestLine;
        this.events = events;
    }

    /** Takes the next chunk; false if a line exceeds the maximum length. */
    boolean feed(Buffer chunk) {
        byte[] bytes = chunk.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                boolean secondOfTwo = bytes[i] == '\n' && afterCr && i == start && line.size() == 0;
                if (!secondOfTwo) {
                    line.write(bytes, start, i - start);
                    endLine();
                }
                start = i + 1;
            }
            afterCr = bytes[i] == '\r';
        }
        line.write(bytes, start, bytes.length - start);
        return line.size() <= longestLine;
    }

    /** The stream has ended, perhaps in the middle of a line. */
    void end() {
        if (line.size() > 0) {
            endLine();
        }
        events.endOfEvent();
    }

    private void endLine() {
        byte[] whole = line.toByteArray();
        line.reset();
        if (whole.length == 0) {
            events.endOfEvent();
            name = "";
        } else if (startsWith(whole, DATA)) {
            events.data(name, value(whole, DATA));
        } else if (startsWith(whole, EVENT)) {
            name = new String(value(whole, EVENT), StandardCharsets.UTF_8).strip();
        }
    }

    private static byte[] value(byte[] line, byte[] field) {
        int start = field.length;
        if (start < line.length && line[start] == ' ') {
            start++;
        }
        return Arrays.copyOfRange(line, start, line.length);
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }
}
