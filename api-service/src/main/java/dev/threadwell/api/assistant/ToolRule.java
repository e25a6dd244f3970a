package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one kind of tool.
 *
 * @param tool the rule of a tool of an assistant or a run
 * @param choice the rule of the {@code tool_choice} that forces a call; null if it cannot be forced
 * @param read creates the tool from a valid body, without its binding
 */
record ToolRule(
        ToolKind kind, ObjectRule tool, @Nullable ObjectRule choice, Function<Body, Tool> read) {

    /**
     * The rule of a {@link Tool.Generic} with these fields as its options. They can be given in a
     * member that is named after the kind, which is the form that is returned, or beside the type,
     * as the successor of the original API has them.
     */
    static ToolRule generic(ToolKind kind, Field... options) {
        Field type = required("type", oneOf(kind.name()));
        List<Field> flat = new ArrayList<>(List.of(options));
        flat.add(type);
        flat.add(optional(kind.name(), object(options)));
        return new ToolRule(
                kind,
                new ObjectRule(flat),
                object(type),
                given -> new Tool.Generic(kind, options(kind, given, options)));
    }

    /** The rule of a kind that has no options, and that no model can be forced to call. */
    static ToolRule neverCalled(ToolKind kind) {
        return new ToolRule(
                kind,
                object(required("type", oneOf(kind.name())), optional(kind.name(), object())),
                null,
                _ -> new Tool.Generic(kind, Map.of()));
    }

    private static Map<String, Object> options(ToolKind kind, Body given, Field... options) {
        Map<String, Object> nested = given.map(kind.name());
        Map<String, Object> flat = new LinkedHashMap<>();
        for (Field option : options) {
            Object value = given.any(option.name());
            if (value != null) {
                flat.put(option.name(), value);
            }
        }
        if (nested == null) {
            return flat;
        }
        if (!flat.isEmpty()) {
            throw ValidationErrors.exclusive(kind.name(), flat.keySet().iterator().next());
        }
        return nested;
    }
}
