package dev.threadwell.toolworker.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A {@code multipart/form-data} body with fields and files. */
public final class MultipartForm {

    private final String boundary = "threadwell-" + UUID.randomUUID();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a field. */
    public MultipartForm field(String name, String value) {
        begin("name=\"" + quoted(name) + "\"", "");
        return end(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public MultipartForm file(String name, String filename, String mediaType, byte[] content) {
        begin(
                "name=\"%s\"; filename=\"%s\"".formatted(quoted(name), quoted(filename)),
                "content-type: " + mediaType + "\r\n");
        return end(content);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.size() + 64);
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(ascii("--" + boundary + "--\r\n"));
        return whole.toByteArray();
    }

    private void begin(String disposition, String more) {
        bytes.writeBytes(
                ascii(
                        "--%s\r\ncontent-disposition: form-data; %s\r\n%s\r\n"
                                .formatted(boundary, disposition, more)));
    }

    private MultipartForm end(byte[] content) {
        bytes.writeBytes(content);
        bytes.writeBytes(ascii("\r\n"));
        return this;
    }

    /** As browsers escape what would end the quotation or the line. */
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
