package dev.threadwell.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes the API's JSON: snake case, keys in the order of the records, nulls present. */
public final class Json {

    private static final ObjectMapper MAPPER =
            JsonTypes.bind(
                    JsonMapper.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            // Free-form parts, such as schemas, keep 1.0 and 100.0 as they are.
                            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                            .build());
    private static final ObjectWriter PRETTY = MAPPER.writer(new TwoSpaces());

    private Json() {}

    /** The mapper itself, for streaming readers and for tests. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Compact, as in events and in the store. By way of UTF-8, because there half a character (a
     * model can split one) is escaped, and not lost on the way to the database.
     */
    public static String compact(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Compact, in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indented by two spaces: the form of every answer that is not a stream (contract 1.1). */
    public static byte[] pretty(Object value) {
        try {
            return PRETTY.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what we wrote ourselves. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what we wrote ourselves. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value from a tree that has been checked before. */
    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indents as Python's {@code json.dumps(indent=2)} does, empty objects and lists included. */
    private static final class TwoSpaces extends DefaultPrettyPrinter {

        private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

        TwoSpaces() {
            super(
                    Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""));
            indentArraysWith(INDENT);
            indentObjectsWith(INDENT);
        }

        private TwoSpaces(TwoSpaces base) {
            super(base);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new TwoSpaces(this);
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }
    }
}
