package dev.threadwell.api.http;

import com.fasterxml.jackson.databind.JsonNode;

/** The rule of an id that is kept as it is, and so has to be one. */
record KeptId(Kind kind) implements Leaf {

    @Override
    public boolean meets(JsonNode value) {
        return value.isTextual();
    }

    @Override
    public String expected() {
        return "a string";
    }

    @Override
    public void valid(String path, JsonNode value) {
        if (!kind.hasForm(value.textValue())) {
            throw kind.refused(path, value.textValue());
        }
    }
}
