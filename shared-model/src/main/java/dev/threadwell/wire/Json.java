package dev.threadwell.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Serializes the internal JSON of the database and the internal topics: snake case, keys in the
 * order of the records, nulls included. Security: it contains secrets' ids and other data that
 * clients must not see; {@link PublicJson} writes the JSON for clients.
 */
public final class Json {

    private static final ObjectMapper MAPPER = configured();

    private Json() {}

    /** A mapper with the bindings that all mappers share. */
    static ObjectMapper configured() {
        return JsonTypes.bind(
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        // Free-form parts, such as schemas, keep the notation of numbers like 1.0
                        // and 100.0.
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                        .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                        .build());
    }

    /** The mapper, for streaming parsers and for tests. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Compact JSON, as stored in the database. Written via UTF-8, because Jackson then escapes
     * unpaired surrogates (a model can split a pair), which would otherwise be lost in the
     * database.
     */
    public static String compact(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Compact JSON, in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public JSON of this value, indented; see {@link PublicJson#pretty}. */
    public static byte[] pretty(Object value) {
        return PublicJson.pretty(value, PublicJson.Bindings.HIDDEN);
    }

    /** Reads internal JSON, which is trusted and not validated. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads internal JSON, which is trusted and not validated. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a value from a JSON tree that has been validated before. */
    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }
}
