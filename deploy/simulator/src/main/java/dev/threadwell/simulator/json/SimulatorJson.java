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

/** Reads and writes JSON; written text is always valid UTF-8. */
public final class SimulatorJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** Reads one value and ignores what follows it. */
    private static final ObjectMapper ONE_VALUE = new JsonMapper();

    /** Writes lone surrogates as escapes, where the ordinary writer fails. */
    private static final ObjectMapper ASCII =
            new JsonMapper(
                    JsonFactory.builder()
                            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                            .build());

    private SimulatorJson() {}

    public static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /** A JSON value inside a text, and the index after its last character. */
    public record Found(JsonNode value, int end) {}

    /** Reads the value that starts at an index and ignores what follows it. */
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

    /** The content of a JSON string, escaped, in UTF-8, without the quotes. */
    public static byte[] escaped(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed(text));
    }

    /** Replaces every lone surrogate, so that the text can be written as UTF-8. */
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
