package dev.threadwell.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON that clients may see, in UTF-8. Security: it is written by a separate mapper that leaves out
 * secrets, the bindings of functions, and data that is stored only for the model (see {@link
 * PublicTypes}). Stream events, announcements and exports require this type, so that internal JSON
 * cannot get into them by mistake.
 */
public final class PublicJson {

    /** Whether the bindings of functions are shown; their secrets never are. */
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

    /** The public JSON of this value, compact, without bindings. */
    public static PublicJson of(Object value) {
        return of(value, Bindings.HIDDEN);
    }

    /** The public JSON of this value, compact. */
    public static PublicJson of(Object value, Bindings bindings) {
        try {
            return new PublicJson(mapperFor(bindings).writeValueAsBytes(value));
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Wraps JSON that is public already: built only from public parts, as deltas are, or read back
     * from a stream. The services' architecture tests list the classes that may call this.
     */
    public static PublicJson written(byte[] utf8) {
        return new PublicJson(utf8);
    }

    /**
     * The public JSON of this value, indented by two spaces: the format of all responses except
     * streams.
     */
    public static byte[] pretty(Object value, Bindings bindings) {
        try {
            return mapperFor(bindings).writer(new TwoSpaces()).writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public JSON of this value as a tree, for the conversion to an older API version. */
    public static JsonNode tree(Object value, Bindings bindings) {
        return mapperFor(bindings).valueToTree(value);
    }

    /** The bytes; the caller must not modify them. */
    public byte[] bytes() {
        return bytes;
    }

    /** The JSON as a string. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
