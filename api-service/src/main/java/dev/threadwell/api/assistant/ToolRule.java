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
 * What requests may say of one kind of tool.
 *
 * @param tool one of the {@code tools} of an assistant or a run
 * @param choice the {@code tool_choice} that demands a call; null if it cannot be demanded
 * @param read the tool that comes of a checked one, without what it is bound to
 */
record ToolRule(
        ToolKind kind, ObjectRule tool, @Nullable ObjectRule choice, Function<Body, Tool> read) {

    /** The rule of a {@link Tool.Generic}: its options are these fields. */
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
