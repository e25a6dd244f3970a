package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;

/** The validation rule of a string. */
interface TextRule extends ScalarRule {

    /** Throws if a string is not valid. */
    void valid(String path, String text);

    @Override
    default boolean meets(JsonNode value) {
        return value.isTextual();
    }

    @Override
    default String expected() {
        return "a string";
    }

    @Override
    default void valid(String path, JsonNode value) {
        valid(path, value.textValue());
    }
}
