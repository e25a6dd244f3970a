package dev.threadwell.api.multipart;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a multipart form incrementally. It exists because the framework's parser changes the names
 * of files and does not notice when a form ends in the middle of one.
 */
final class FormParser {

    /** Receives the parts in their order. */
    interface Listener {

        void begins(PartHeader header);

        void data(Buffer piece);

        void ends();
    }

    /** The body is not a valid form. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    ";\\s*boundary=(?:\"([^\"]{1,1000})\"|([^;\\s\"]{1,1000}(?![^;\\s])))",
                    Pattern.CASE_INSENSITIVE);
    private static final int MAX_PARTS = 100;
    private static final int MAX_HEADER = 16 * 1024;
    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final byte[] END_OF_HEADER = {'\r', '\n', '\r', '\n'};
    private static final byte[] END_OF_FORM = {'-', '-'};

    private enum State {
        PREAMBLE,
        BEHIND_BOUNDARY,
        HEADER,
        CONTENT,
        EPILOGUE
    }

    private final byte[] delimiter;
    private final Listener listener;
    private State state = State.PREAMBLE;
    private int parts;

    /**
     * Bytes that need more input to be parsed; at first the line end that precedes every boundary,
     * because the first boundary of a form may lack it.
     */
    private byte[] held = END_OF_LINE;

    private FormParser(String boundary, Listener listener) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        this.listener = listener;
    }

    /** A parser for forms with this content type; throws if it names no boundary. */
    static FormParser of(@Nullable String contentType, Listener listener) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.find()) {
            throw new Malformed("the content type names no boundary");
        }
        String quoted = boundary.group(1);
        return new FormParser(quoted == null ? boundary.group(2) : quoted, listener);
    }

    /** Parses the next piece of the form. */
    void add(Buffer piece) {
        byte[] bytes = Arrays.copyOf(held, held.length + piece.length());
        piece.getBytes(bytes, held.length);
        int at = 0;
        int next = step(bytes, at);
        while (next >= 0) {
            at = next;
            next = step(bytes, at);
        }
        held = Arrays.copyOfRange(bytes, at + passed(bytes, at), bytes.length);
    }

    /** Ends the form; throws if it is incomplete. */
    void end() {
        if (state != State.EPILOGUE) {
            throw new Malformed("the form is not closed");
        }
    }

    /** Parses one element; returns the position after it, or -1 if more bytes are needed. */
    private int step(byte[] bytes, int at) {
        return switch (state) {
            case PREAMBLE -> boundary(bytes, at);
            case BEHIND_BOUNDARY -> behindBoundary(bytes, at);
            case HEADER -> header(bytes, at);
            case CONTENT -> boundary(bytes, at);
            case EPILOGUE -> -1;
        };
    }

    private int boundary(byte[] bytes, int at) {
        int found = indexOf(delimiter, bytes, at);
        if (found < 0) {
            return -1;
        }
        if (state == State.CONTENT) {
            content(bytes, at, found);
            listener.ends();
        }
        state = State.BEHIND_BOUNDARY;
        return found + delimiter.length;
    }

    private int behindBoundary(byte[] bytes, int at) {
        int from = at;
        while (from < bytes.length && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        if (bytes.length - from < END_OF_LINE.length) {
            return -1;
        }
        if (startsWith(END_OF_FORM, bytes, from)) {
            state = State.EPILOGUE;
            return bytes.length;
        }
        if (!startsWith(END_OF_LINE, bytes, from)) {
            throw new Malformed("something else follows a boundary");
        }
        state = State.HEADER;
        // This line end is also the first half of the end of an empty header.
        return from;
    }

    private int header(byte[] bytes, int at) {
        int found = indexOf(END_OF_HEADER, bytes, at);
        if (found < 0 || found - at > MAX_HEADER) {
            if (bytes.length - at > MAX_HEADER) {
                throw new Malformed("the header of a part is too long");
            }
            return -1;
        }
        if (++parts > MAX_PARTS) {
            throw new Malformed("there are too many parts");
        }
        state = State.CONTENT;
        listener.begins(
                PartHeader.parse(new String(bytes, at, found - at, StandardCharsets.UTF_8)));
        return found + END_OF_HEADER.length;
    }

    /**
     * Processes bytes without a complete boundary; returns how many of them are certainly content,
     * or can be ignored.
     */
    private int passed(byte[] bytes, int at) {
        int rest = bytes.length - at;
        return switch (state) {
            case PREAMBLE -> Math.max(0, rest - delimiter.length);
            case BEHIND_BOUNDARY, HEADER -> 0;
            case CONTENT -> content(bytes, at, Math.max(at, bytes.length - delimiter.length));
            case EPILOGUE -> rest;
        };
    }

    private int content(byte[] bytes, int from, int until) {
        if (until > from) {
            listener.data(Buffer.buffer(Arrays.copyOfRange(bytes, from, until)));
        }
        return until - from;
    }

    private static boolean startsWith(byte[] what, byte[] bytes, int at) {
        return bytes.length - at >= what.length
                && Arrays.equals(what, 0, what.length, bytes, at, at + what.length);
    }

    private static int indexOf(byte[] what, byte[] bytes, int from) {
        for (int i = from; i <= bytes.length - what.length; i++) {
            if (bytes[i] == what[0] && startsWith(what, bytes, i)) {
                return i;
            }
        }
        return -1;
    }
}
