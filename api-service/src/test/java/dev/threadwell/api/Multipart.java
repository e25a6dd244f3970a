package dev.threadwell.api;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A form as a client writes it, part by part. */
final class Multipart {

    static final String BOUNDARY = "the=boundary_of/this'form";
    static final String TYPE = "multipart/form-data; boundary=\"" + BOUNDARY + "\"";

    private final List<InputStream> parts = new ArrayList<>();

    /** A form of a purpose and a text. */
    static Multipart of(String purpose, String filename, String text) {
        return new Multipart().field("purpose", purpose).file("file", filename, text);
    }

    Multipart field(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", stream(value));
    }

    Multipart file(String name, String filename, String text) {
        return file(name, filename, stream(text));
    }

    Multipart file(String name, String filename, InputStream bytes) {
        return disposition("name=\"" + name + "\"; filename=\"" + filename + "\"", bytes);
    }

    /** A part with a disposition in any spelling. */
    Multipart disposition(String parameters, InputStream bytes) {
        return part(
                "Content-Disposition: form-data; "
                        + parameters
                        + "\r\nContent-Type: application/octet-stream",
                bytes);
    }

    private Multipart part(String headers, InputStream bytes) {
        parts.add(stream("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n"));
        parts.add(bytes);
        parts.add(stream("\r\n"));
        return this;
    }

    /** All of it, to be read once. */
    InputStream whole() {
        parts.add(stream("--" + BOUNDARY + "--\r\n"));
        return unfinished();
    }

    /** What there is so far. */
    InputStream unfinished() {
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
