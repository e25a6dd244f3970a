package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
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

    /** The rule of a {@link Tool.Generic} with these fields as its options. */
    static ToolRule generic(ToolKind kind, Field... options) {
        Rule type = oneOf(kind.name());
        return new ToolRule(
                kind,
                object(required("type", type), optional(kind.name(), object(options))),
                object(required("type", type)),
                given -> {
                    Map<String, Object> said = given.map(kind.name());
                    return new Tool.Generic(kind, said == null ? Map.of() : said);
                });
    }
}
