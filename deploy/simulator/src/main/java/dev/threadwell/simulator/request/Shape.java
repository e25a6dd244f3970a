package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Validation checks that several parts of a request share. */
final class Shape {
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");

    private Shape() {}

    static void onlyKnown(JsonNode object, Set<String> known, String path) {
        object.fieldNames()
                .forEachRemaining(
                        field -> {
                            if (!known.contains(field)) {
                                throw new RefusedRequest(RequestError.unknown(at(path, field)));
                            }
                        });
    }

    static String text(JsonNode object, String field, String path) {
        JsonNode value = object.path(field);
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new RefusedRequest(
                value.isMissingNode()
                        ? RequestError.missing(at(path, field))
                        : RequestError.wrongType(at(path, field), "a string"));
    }

    static boolean flag(JsonNode object, String field, boolean otherwise) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new RefusedRequest(RequestError.wrongType(field, "a boolean"));
        }
        return value.booleanValue();
    }

    static String functionName(JsonNode function, String path) {
        String name = text(function, "name", path);
        if (!NAME.matcher(name).matches()) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid '"
                                    + path
                                    + ".name': string does not match pattern. Expected a string"
                                    + " that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                            path + ".name",
                            "invalid_value"));
        }
        if (name.length() > LONGEST_NAME) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid '"
                                    + path
                                    + ".name': string too long. Expected a string with maximum"
                                    + " length 64, but got a string with length "
                                    + name.length()
                                    + " instead.",
                            path + ".name",
                            "string_above_max_length"));
        }
        return name;
    }

    private static String at(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
