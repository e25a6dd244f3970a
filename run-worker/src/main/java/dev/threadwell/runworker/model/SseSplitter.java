package dev.threadwell.runworker.model;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Cuts a stream of server-sent events into the bytes of their data lines. It works on bytes, so a
 * character that is split over two chunks is whole again; it takes LF and CRLF, several events in a
 * chunk, and comments.
 */
final class SseSplitter {

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final int longestLine;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

    SseSplitter(int longestLine) {
        this.longestLine = longestLine;
    }

    /** Takes the next chunk; false if a line is longer than anything reasonable. */
    boolean feed(Buffer chunk, Consumer<byte[]> data) {
        byte[] bytes = chunk.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, start, i - start);
                start = i + 1;
                endLine(data);
            }
        }
        line.write(bytes, start, bytes.length - start);
        return line.size() <= longestLine;
    }

    private void endLine(Consumer<byte[]> data) {
        byte[] whole = line.toByteArray();
        line.reset();
        int end = whole.length;
        if (end > 0 && whole[end - 1] == '\r') {
            end--;
        }
        if (end < DATA.length || !startsWithData(whole)) {
            return;
        }
        int start = DATA.length;
        if (start < end && whole[start] == ' ') {
            start++;
        }
        byte[] value = new byte[end - start];
        System.arraycopy(whole, start, value, 0, value.length);
        data.accept(value);
    }

    private static boolean startsWithData(byte[] bytes) {
        for (int i = 0; i < DATA.length; i++) {
            if (bytes[i] != DATA[i]) {
                return false;
            }
        }
        return true;
    }
}
