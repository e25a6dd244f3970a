package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A rule for a value that is stored unchanged, whatever its shape: it limits the number of values
 * and of characters, so that loading it later costs a limited amount of memory.
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

    /** The size of a value, the names of fields included. */
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
