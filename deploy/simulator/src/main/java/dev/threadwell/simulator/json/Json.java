package dev.threadwell.simulator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads and writes JSON without ever producing text that is not valid UTF-8. */
public final class Json {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** Reads a value without looking at what follows it. */
    private static final ObjectMapper ONE_VALUE = new JsonMapper();

    /** Writes lone surrogates as escapes, where the ordinary writer gives up. */
    private static final ObjectMapper ASCII =
            new JsonMapper(
                    JsonFactory.builder()
                            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                            .build());

    private Json() {}

    public static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /** A JSON value inside a text, and the index behind its last character. */
    public record Found(JsonNode value, int end) {}

    /** Reads the one value that starts at an index; what follows it is not looked at. */
    public static Found readAt(String text, int start) throws IOException {
        try (JsonParser parser = ONE_VALUE.createParser(text.substring(start))) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            JsonNode value = parser.readValueAsTree();
            return new Found(value, start + (int) parser.currentLocation().getCharOffset());
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static byte[] ascii(JsonNode value) {
        try {
            return ASCII.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(JsonNode value) {
        return value.toString();
    }

    /** The inside of a JSON string, escaped, in UTF-8; quotes are the caller's. */
    public static byte[] escaped(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed(text));
    }

    /** The same text with every lone surrogate replaced, so that it can be written as UTF-8. */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
