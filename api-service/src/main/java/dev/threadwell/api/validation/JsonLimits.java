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

/** Limits the depth and the size of JSON from clients, so that it cannot exhaust stack or heap. */
public final class JsonLimits {

    /** The maximum depth: deeper than any schema needs, but harmless for recursive code. */
    public static final int MAX_DEPTH = 200;

    /** The maximum length of a string: more than any valid one, images in data URLs included. */
    public static final int MAX_STRING = 8 * 1024 * 1024;

    /** The maximum length of a number: far more digits than any number of the API has. */
    private static final int MAX_DIGITS = 1_000;

    /** The maximum length of a name: longer than any name that an error quotes. */
    private static final int MAX_NAME = 50_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // Clients choose the names, so they could fill the JVM's table of interned
                    // strings.
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

    /** Creates parsers with these limits. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** Whether a token is a value: a scalar, or the start of an object or an array. */
    public static boolean isValue(JsonToken token) {
        return token.isScalarValue() || token.isStructStart();
    }

    /**
     * Counts the values of a body without creating them, and stops at {@code maximum} + 1. In
     * invalid JSON only the values before the error count; the error is reported when the body is
     * parsed.
     */
    public static int countValues(byte[] body, int maximum) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            return countValues(parser, maximum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for JSON that this process has written. */
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

    /** The error for JSON that is invalid or exceeds one of these limits. */
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

    /** The error for JSON with more values than allowed. */
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
