package dev.threadwell.api.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Limits the depth and the size of JSON from clients. */
public final class JsonLimits {

    /** Deeper than any schema needs, and no danger to whoever writes it again. */
    public static final int MAX_DEPTH = 200;

    /** The longest string: longer than any that is valid, pictures in data URLs included. */
    public static final int MAX_STRING = 8 * 1024 * 1024;

    /** Far more digits than any number of the API has. */
    private static final int MAX_DIGITS = 1_000;

    /** Longer than any name that an error quotes. */
    private static final int MAX_NAME = 50_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // Names come from clients: they must not stay behind in a table of the JVM.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .maxNumberLength(MAX_DIGITS)
                                    .maxNameLength(MAX_NAME)
                                    .build())
                    .build();

    private JsonLimits() {}

    /** Makes parsers that keep these limits. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** Whether a token is a value: a scalar, or the beginning of an object or of a list. */
    public static boolean isValue(JsonToken token) {
        return token.isScalarValue() || token.isStructStart();
    }

    /**
     * How many values there are in a body, or one more than these. Nothing is made of it. Of a body
     * that is no JSON those in front of the error are counted: whoever reads it says what is wrong.
     */
    public static int countValues(byte[] body, int maximum) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            return countValues(parser, maximum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of JSON that has been written here. */
    public static int countValues(String json, int maximum) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return countValues(parser, maximum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int countValues(JsonParser parser, int maximum) {
        int values = 0;
        try {
            JsonToken token = parser.nextToken();
            while (token != null && values <= maximum) {
                values += isValue(token) ? 1 : 0;
                token = parser.nextToken();
            }
        } catch (IOException notJson) {
            return values;
        }
        return values;
    }

    /** What is said of JSON that is beyond one of these limits, or is none. */
    static ApiException refused(IOException why) {
        return why instanceof StreamConstraintsException beyond
                        && String.valueOf(beyond.getOriginalMessage()).startsWith("String value")
                ? tooLongString()
                : Body.notJson();
    }

    private static ApiException tooLongString() {
        return ApiError.badRequest(
                        ("The JSON body of your request has a string that is too long. The maximum"
                                        + " length is %d characters.")
                                .formatted(MAX_STRING),
                        null,
                        "string_above_max_length")
                .thrown();
    }

    /** What is said of JSON with more values than these. */
    public static ApiException tooManyValues(int maximum) {
        return ApiError.badRequest(
                        ("The JSON body of your request has too many values. The maximum is %d,"
                                        + " counting every object, array, string, number, boolean"
                                        + " and null in it.")
                                .formatted(maximum),
                        null,
                        "too_many_values")
                .thrown();
    }
}
