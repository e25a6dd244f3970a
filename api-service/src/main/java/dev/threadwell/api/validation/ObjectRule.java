package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The rule of an object that has these fields and no others. */
public record ObjectRule(List<Field> fields) implements Rule {

    /** A field of an object. An optional field may also be null, which counts as absent. */
    public record Field(String name, Rule rule, boolean required) {}

    @Override
    public boolean meets(JsonNode value) {
        return value.isObject();
    }

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public void check(Pass pass, String path, JsonNode value) {
        if (!value.isObject()) {
            if (pass == Pass.INVALID) {
                throw ValidationErrors.type(path, expected(), value);
            }
            return;
        }
        switch (pass) {
            case MISSING -> missing(path, value);
            case UNKNOWN -> unknown(path, value);
            case INVALID -> {}
        }
        for (Field field : fields) {
            JsonNode given = value.get(field.name());
            if (given != null && (field.required() || !given.isNull())) {
                field.rule().check(pass, at(path, field.name()), given);
            }
        }
    }

    private void missing(String path, JsonNode value) {
        for (Field field : fields) {
            if (field.required() && !value.has(field.name())) {
                throw ValidationErrors.missing(at(path, field.name()));
            }
        }
    }

    private void unknown(String path, JsonNode value) {
        value.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (fields.stream().noneMatch(f -> f.name().equals(name))) {
                                throw ValidationErrors.unknown(at(path, name));
                            }
                        });
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
