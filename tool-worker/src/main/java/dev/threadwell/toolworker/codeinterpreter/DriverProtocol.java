package dev.threadwell.toolworker.codeinterpreter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.wire.Json;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The protocol with the driver: JSON texts, each preceded by its length. Replies are untrusted,
 * because the executed code may have written them, so each reply is validated and bounded in
 * length.
 */
final class DriverProtocol {

    private static final int LONGEST_REPLY = 8 * 1024 * 1024;

    private final DataInputStream replies;
    private final OutputStream requests;

    DriverProtocol(InputStream replies, OutputStream requests) {
        this.replies = new DataInputStream(replies);
        this.requests = requests;
    }

    /** The bytes that follow a reply. */
    InputStream attached() {
        return replies;
    }

    /**
     * Sends a request; the caller writes the bytes that follow it to the returned stream and
     * flushes.
     */
    OutputStream send(ObjectNode request) throws IOException {
        byte[] text = Json.bytes(request);
        requests.write(ByteBuffer.allocate(4).putInt(text.length).array());
        requests.write(text);
        return requests;
    }

    /** Reads the next reply. */
    JsonNode reply() throws IOException {
        int length = replies.readInt();
        if (length < 2 || length > LONGEST_REPLY) {
            throw new Untrustworthy("a reply of " + length + " bytes");
        }
        byte[] text = replies.readNBytes(length);
        if (text.length < length) {
            throw new EOFException();
        }
        JsonNode reply = read(text);
        if (!reply.isObject()) {
            throw new Untrustworthy("a reply that is no object");
        }
        JsonNode error = reply.get("error");
        if (error != null) {
            throw new CodeSandbox.Refused(text(error, 500));
        }
        return reply;
    }

    private static JsonNode read(byte[] text) throws IOException {
        try {
            return Json.read(text, JsonNode.class);
        } catch (RuntimeException e) {
            throw new Untrustworthy("a reply that is no JSON");
        }
    }

    /**
     * A text of at most {@code longest} characters; characters that the database rejects are
     * replaced.
     */
    static String text(JsonNode value, int longest) throws IOException {
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw new Untrustworthy("no text, or a long one");
        }
        StringBuilder text = new StringBuilder(value.textValue().length());
        value.textValue()
                .codePoints()
                .map(c -> c == 0 || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /** A number from 0 to {@code largest}. */
    static long number(JsonNode parent, String name, long largest) throws IOException {
        JsonNode value = parent.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > largest) {
            throw new Untrustworthy("no number, or a large one: " + name);
        }
        return value.longValue();
    }

    /** The driver sent an invalid reply and can no longer be trusted. */
    static final class Untrustworthy extends CodeSandbox.Ended {

        private static final long serialVersionUID = 1;

        Untrustworthy(String what) {
            super("The interpreter was ended, because it gave " + what + ".");
        }
    }
}
