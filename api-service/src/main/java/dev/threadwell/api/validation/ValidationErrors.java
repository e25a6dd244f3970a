package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import java.util.List;

/** The validation errors of parameters, with the original's texts. */
public final class ValidationErrors {

    private ValidationErrors() {}

    /** A required parameter is missing. */
    public static ApiException missing(String path) {
        return thrown(
                "Missing required parameter: '%s'.".formatted(path),
                path,
                "missing_required_parameter");
    }

    static ApiException unknown(String path) {
        return thrown("Unknown parameter: '%s'.".formatted(path), path, "unknown_parameter");
    }

    static ApiException type(String path, String expected, JsonNode got) {
        return type(path, expected, nameOf(got));
    }

    /** A value has another type than the expected one. */
    public static ApiException type(String path, String expected, String got) {
        return thrown(
                "Invalid type for '%s': expected %s, but got %s instead."
                        .formatted(path, expected, got),
                path,
                "invalid_type");
    }

    /** A value is none of the supported ones. */
    public static ApiException value(String path, String got, List<String> supported) {
        return thrown(
                "Invalid value: '%s'. Supported values are: %s.".formatted(got, listed(supported)),
                path,
                "invalid_value");
    }

    /** An id is of the wrong kind, e.g. ("thread_id", "run_abc", "thread"). */
    static ApiException id(String path, String got, String prefix) {
        return thrown(
                "Invalid '%s': '%s'. Expected an ID that begins with '%s'."
                        .formatted(path, got, prefix),
                path,
                "invalid_value");
    }

    /** A string has too many characters. */
    public static ApiException tooLong(String path, int maximum, int length) {
        return thrown(
                ("Invalid '%s': string too long. Expected a string with maximum length %d, but got"
                                + " a string with length %d instead.")
                        .formatted(path, maximum, length),
                path,
                "string_above_max_length");
    }

    public static ApiException emptyString(String path) {
        return thrown(
                ("Invalid '%s': empty string. Expected a string with minimum length 1, but got an"
                                + " empty string instead.")
                        .formatted(path),
                path,
                "empty_string");
    }

    static ApiException pattern(String path, String pattern) {
        return thrown(
                ("Invalid '%s': string does not match pattern. Expected a string that matches the"
                                + " pattern '%s'.")
                        .formatted(path, pattern),
                path,
                "invalid_value");
    }

    static ApiException url(String path) {
        return thrown(
                "Invalid '%s'. Expected a valid URL, but got a value with an invalid format."
                        .formatted(path),
                path,
                "invalid_value");
    }

    /** The installation does not allow functions to use this topic. */
    public static ApiException topic(String path, String topic, List<String> topics) {
        return topics.isEmpty()
                ? thrown(
                        "Invalid '%s': this installation has no topics for functions."
                                .formatted(path),
                        path,
                        "invalid_value")
                : value(path, topic, topics);
    }

    /** A value that has to be unique is used twice. */
    public static ApiException taken(String path, String value) {
        return thrown(
                "Invalid '%s': '%s' is used more than once.".formatted(path, value),
                path,
                "invalid_value");
    }

    /** The original's text, as far as it is known; its end is not. */
    static ApiException imageFormat(String path) {
        return thrown(
                ("Invalid '%s'. Expected url to end in a supported format: '.jpeg', '.jpg', '.png',"
                                + " '.gif', or '.webp'.")
                        .formatted(path),
                path,
                "invalid_value");
    }

    static ApiException emptyArray(String path) {
        return thrown(
                ("Invalid '%s': empty array. Expected an array with minimum length 1, but got an"
                                + " empty array instead.")
                        .formatted(path),
                path,
                "empty_array");
    }

    static ApiException tooMany(String path, int maximum, int length) {
        return thrown(
                ("Invalid '%s': array too long. Expected an array with maximum length %d, but got"
                                + " an array with length %d instead.")
                        .formatted(path, maximum, length),
                path,
                "array_above_max_length");
    }

    /** A limit of Threadwell; the original has none. */
    static ApiException tooManyValues(String path, int maximum, int count) {
        return thrown(
                "Invalid '%s': too many values. Expected at most %d values in all, but got %d instead."
                        .formatted(path, maximum, count),
                path,
                "too_many_values");
    }

    /** A limit of Threadwell; the original has none. */
    static ApiException tooManyCharacters(String path, int maximum, long count) {
        return thrown(
                ("Invalid '%s': too long. Expected at most %d characters in all, but got %d"
                                + " instead.")
                        .formatted(path, maximum, count),
                path,
                "too_many_characters");
    }

    static ApiException tooManyProperties(String path, int maximum, int count) {
        return thrown(
                ("Invalid '%s': too many properties. Expected an object with at most %d properties,"
                                + " but got an object with %d properties instead.")
                        .formatted(path, maximum, count),
                path,
                "object_above_max_properties");
    }

    static ApiException nameTooLong(String path, String name, int maximum) {
        return thrown(
                ("Invalid property name in '%s': '%s' is too long. Expected a string with maximum"
                                + " length %d, but got a string with length %d instead.")
                        .formatted(path, name, maximum, name.codePointCount(0, name.length())),
                path + "." + name,
                "property_name_above_max_length");
    }

    /** A number is out of range; {@code kind} is integer or decimal. */
    public static ApiException above(String path, String kind, String maximum, String got) {
        return thrown(
                "Invalid '%s': %s above maximum value. Expected a value <= %s, but got %s instead."
                        .formatted(path, kind, maximum, got),
                path,
                kind + "_above_max_value");
    }

    static ApiException below(String path, String kind, String minimum, String got) {
        return thrown(
                "Invalid '%s': %s below minimum value. Expected a value >= %s, but got %s instead."
                        .formatted(path, kind, minimum, got),
                path,
                kind + "_below_min_value");
    }

    /** Two parameters exclude each other. */
    public static ApiException exclusive(String one, String other) {
        return ApiError.badRequest(
                        ("Mutually exclusive parameters: '%1$s' and '%2$s'. Ensure you are only"
                                        + " providing one of: '%1$s' or '%2$s'.")
                                .formatted(one, other),
                        null,
                        "mutually_exclusive_parameters")
                .thrown();
    }

    private static ApiException thrown(String message, String param, String code) {
        return ApiError.badRequest(message, param, code).thrown();
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }

    private static String listed(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            boolean last = i == values.size() - 1;
            if (i > 0) {
                text.append(values.size() > 2 ? ", " : " ").append(last ? "and " : "");
            }
            text.append('\'').append(values.get(i)).append('\'');
        }
        return text.toString();
    }
}
