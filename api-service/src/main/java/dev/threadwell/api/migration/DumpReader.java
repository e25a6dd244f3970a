package dev.threadwell.api.migration;

import io.vertx.core.buffer.Buffer;

/**
 * Streaming reader that finds the objects of a dump: concatenated objects, arrays, and lists as the
 * API returns them. Invalid JSON is reported, and reading resumes at the next line that begins with
 * an object or an array.
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

    /** Reads the next part of the dump. */
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

    /** Ends the dump. */
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

    /** Parses a line, or the available part of it. */
    private void piece(byte[] bytes, int from, int to) {
        boolean opens = lineBegins && (bytes[from] == '{' || bytes[from] == '[');
        if (lost && !opens) {
            return;
        }
        DumpParser before = parser;
        lost = fails(bytes, from, to);
        if (lost && opens && !before.hasMoved()) {
            // The object before this line is incomplete; the line itself begins a new one.
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
