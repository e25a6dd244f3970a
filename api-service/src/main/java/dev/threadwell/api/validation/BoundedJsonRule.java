package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A rule for a value that is kept as it was given, whatever its shape: it has a limit of values and
 * of characters, so that whoever loads it later knows how much that can be.
 */
record BoundedJsonRule(Rule rule, int maxValues, int maxCharacters) implements Rule {

    @Override
    public boolean meets(JsonNode value) {
        return rule.meets(value);
    }

    @Override
    public String expected() {
        return rule.expected();
    }

    @Override
    public void check(Pass pass, String path, JsonNode value) {
        rule.check(pass, path, value);
        if (pass == Pass.INVALID) {
            Size size = new Size();
            size.add(value);
            if (size.values > maxValues) {
                throw ValidationErrors.tooManyValues(path, maxValues, size.values);
            }
            if (size.characters > maxCharacters) {
                throw ValidationErrors.tooManyCharacters(path, maxCharacters, size.characters);
            }
        }
    }

    /** How much is in a value, names included. */
    private static final class Size {

        private int values;
        private long characters;

        void add(JsonNode value) {
            values++;
            if (value.isTextual()) {
                characters += value.textValue().length();
            } else if (value.isObject()) {
                for (Map.Entry<String, JsonNode> property : value.properties()) {
                    characters += property.getKey().length();
                    add(property.getValue());
                }
            } else {
                value.forEach(this::add);
            }
        }
    }
}
