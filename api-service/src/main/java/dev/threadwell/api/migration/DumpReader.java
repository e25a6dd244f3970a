package dev.threadwell.api.migration;

import io.vertx.core.buffer.Buffer;

/**
 * Finds the objects of a dump while it comes: objects that follow one another, arrays of them, and
 * lists as the API answers them. What is no JSON is reported, and reading goes on at the next line
 * that begins with an object or an array.
 */
final class DumpReader {

    private final DumpListener listener;
    private DumpParser parser;
    private long line = 1;
    private boolean lineBegins = true;
    private boolean lost;

    DumpReader(DumpListener listener) {
        this.listener = listener;
        this.parser = new DumpParser(listener, 0);
    }

    /** The dump goes on. */
    void add(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        int from = 0;
        while (from < bytes.length) {
            int to = endOfLine(bytes, from);
            piece(bytes, from, to);
            lineBegins = bytes[to - 1] == '\n';
            line += lineBegins ? 1 : 0;
            from = to;
        }
    }

    /** The dump ends here. */
    void end() {
        if (!lost && !parser.end()) {
            listener.broken(parser.begun());
        }
    }

    private static int endOfLine(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    /** A line, or as much of it as there is. */
    private void piece(byte[] bytes, int from, int to) {
        boolean opens = lineBegins && (bytes[from] == '{' || bytes[from] == '[');
        if (lost && !opens) {
            return;
        }
        DumpParser before = parser;
        lost = fails(bytes, from, to);
        if (lost && opens && !before.hasMoved()) {
            // What began before this line has no end; the line itself is something new.
            lost = fails(bytes, from, to);
        }
    }

    private boolean fails(byte[] bytes, int from, int to) {
        if (parser.read(bytes, from, to, line)) {
            return false;
        }
        listener.broken(parser.begun());
        parser = new DumpParser(listener, parser.lists());
        return true;
    }
}
