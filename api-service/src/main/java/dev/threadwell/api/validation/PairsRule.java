package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The validation rule of an object with arbitrary keys, limited in their number and length. */
interface PairsRule extends ScalarRule {

    /** The maximum number of pairs. */
    int MAX_PAIRS = 16;

    /** The maximum number of characters of a name. */
    int MAX_NAME = 64;

    /** Throws if a pair is not valid; the length of its name has been checked. */
    void valid(String path, String name, JsonNode value);

    @Override
    default boolean meets(JsonNode value) {
        return value.isObject();
    }

    @Override
    default String expected() {
        return "an object";
    }

    @Override
    default void valid(String path, JsonNode value) {
        if (value.size() > MAX_PAIRS) {
            throw ValidationErrors.tooManyProperties(path, MAX_PAIRS, value.size());
        }
        for (Map.Entry<String, JsonNode> pair : value.properties()) {
            if (pair.getKey().codePointCount(0, pair.getKey().length()) > MAX_NAME) {
                throw ValidationErrors.nameTooLong(path, pair.getKey(), MAX_NAME);
            }
            valid(path, pair.getKey(), pair.getValue());
        }
    }
}
