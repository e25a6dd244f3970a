package dev.threadwell.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that clients may see, in UTF-8. It is written by a mapper of its own that leaves out
 * secrets, what functions are bound to, and what is stored for the model alone (see {@link
 * PublicTypes}). Events of streams, announcements and exports are made from this type, so that a
 * stored object cannot get into one of them by mistake.
 */
public final class PublicJson {

    /** Whether what functions are bound to is part of the view; never their secrets. */
    public enum Bindings {
        HIDDEN,
        SHOWN
    }

    private static final ObjectMapper PLAIN = mapper(Bindings.HIDDEN);
    private static final ObjectMapper EXTENDED = mapper(Bindings.SHOWN);

    private final byte[] bytes;

    private PublicJson(byte[] bytes) {
        this.bytes = bytes;
    }

    private static ObjectMapper mapper(Bindings bindings) {
        SimpleModule views = new SimpleModule("public");
        views.setSerializerModifier(new PublicTypes(bindings));
        return Json.configured().registerModule(views);
    }

    private static ObjectMapper mapperFor(Bindings bindings) {
        return switch (bindings) {
            case HIDDEN -> PLAIN;
            case SHOWN -> EXTENDED;
        };
    }

    /** What every client may see of this value, compact. */
    public static PublicJson of(Object value) {
        return of(value, Bindings.HIDDEN);
    }

    /** What a client may see of this value, compact. */
    public static PublicJson of(Object value, Bindings bindings) {
        try {
            return new PublicJson(mapperFor(bindings).writeValueAsBytes(value));
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * JSON that is public already: put together by hand from nothing but public parts, as deltas
     * are, or read back from a stream. Who may say so is in the services' architecture tests.
     */
    public static PublicJson written(byte[] utf8) {
        return new PublicJson(utf8);
    }

    /** Indented by two spaces: the form of every answer that is not a stream. */
    public static byte[] pretty(Object value, Bindings bindings) {
        try {
            return mapperFor(bindings).writer(new TwoSpaces()).writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a tree, for an older version of the wire that is made from it. */
    public static JsonNode tree(Object value, Bindings bindings) {
        return mapperFor(bindings).valueToTree(value);
    }

    /** The bytes; the caller does not change them. */
    public byte[] bytes() {
        return bytes;
    }

    /** The same as a text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
