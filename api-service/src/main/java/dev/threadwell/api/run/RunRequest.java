package dev.threadwell.api.run;

import static dev.threadwell.api.validation.Rules.atLeast;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.id;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.assistant.RequestedTools;
import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.assistant.ToolRules;
import dev.threadwell.api.message.MessageRequest;
import dev.threadwell.api.thread.ThreadRequest;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.TruncationStrategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validation rules of the bodies that create and modify runs, and the factory from a valid body
 * to a {@link Run}.
 *
 * <p>A field that is absent or null has the assistant's value. Additional instructions follow the
 * others after an empty line; how the original joined them is not known.
 */
final class RunRequest {

    private static final String BETWEEN_INSTRUCTIONS = "\n\n";
    private static final int MAX_INSTRUCTIONS = 256_000;

    private static final List<Field> SHARED =
            List.of(
                    required("assistant_id", id(ObjectKind.ASSISTANT)),
                    optional("model", filledText(256)),
                    optional("instructions", text(MAX_INSTRUCTIONS)),
                    optional("tools", ToolRules.atMost(20)),
                    optional("metadata", metadata()),
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("stream", flag()),
                    // The published minimum is 256, but less was accepted (measured).
                    optional("max_prompt_tokens", atLeast(1)),
                    optional("max_completion_tokens", atLeast(1)),
                    optional("truncation_strategy", byType(strategies())),
                    optional("tool_choice", ToolRules.CHOICE),
                    optional("parallel_tool_calls", flag()),
                    optional("response_format", ToolRules.RESPONSE_FORMAT));

    /** The body that creates a run on an existing thread. */
    static final ObjectRule CREATE =
            with(
                    optional("reasoning_effort", ToolRules.REASONING_EFFORT),
                    optional("additional_instructions", text(MAX_INSTRUCTIONS)),
                    optional(
                            "additional_messages",
                            listOf("objects", 0, 100_000, MessageRequest.CREATE)));

    /** The body that creates a run together with its thread. */
    static final ObjectRule CREATE_WITH_THREAD =
            with(
                    optional("thread", ThreadRequest.CREATE),
                    optional("tool_resources", ToolResources.EXISTING));

    static final ObjectRule MODIFY = object(optional("metadata", metadata()));

    private RunRequest() {}

    private static Map<String, ObjectRule> strategies() {
        Rule type = oneOf("auto", TruncationStrategy.LAST_MESSAGES);
        Map<String, ObjectRule> strategies = new LinkedHashMap<>();
        strategies.put(
                "auto", object(required("type", type), optional("last_messages", atLeast(1))));
        strategies.put(
                TruncationStrategy.LAST_MESSAGES,
                object(required("type", type), required("last_messages", atLeast(1))));
        return strategies;
    }

    private static ObjectRule with(Field... more) {
        List<Field> fields = new ArrayList<>(SHARED);
        fields.addAll(List.of(more));
        return new ObjectRule(fields);
    }

    static Run created(
            Body body,
            RequestedTools given,
            Assistant assistant,
            String threadId,
            String runId,
            long now) {
        Map<String, String> metadata = body.metadata();
        return new Run(
                        runId,
                        Run.OBJECT,
                        now,
                        assistant.id(),
                        threadId,
                        RunStatus.QUEUED,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        or(body.text("model"), assistant.model()),
                        instructions(body, assistant),
                        body.has("tools") ? given.over(assistant.tools()) : assistant.tools(),
                        Map.of(),
                        metadata == null ? Map.of() : metadata,
                        orKept(body.decimal("temperature"), assistant.temperature()),
                        orKept(body.decimal("top_p"), assistant.topP()),
                        orKept(body.text("reasoning_effort"), assistant.reasoningEffort()),
                        body.integer("max_completion_tokens"),
                        body.integer("max_prompt_tokens"),
                        truncation(body.object("truncation_strategy")),
                        null,
                        null,
                        or(body.any("response_format"), assistant.responseFormat()),
                        or(body.any("tool_choice"), "auto"),
                        body.flag("parallel_tool_calls", true))
                .with(RunProgress.queued(now + Run.LIFETIME_SECONDS));
    }

    private static @Nullable String instructions(Body body, Assistant assistant) {
        String base = orKept(body.text("instructions"), assistant.instructions());
        String more = body.text("additional_instructions");
        if (base == null || base.isEmpty()) {
            return orKept(more, base);
        }
        return more == null || more.isEmpty() ? base : base + BETWEEN_INSTRUCTIONS + more;
    }

    private static TruncationStrategy truncation(@Nullable Body strategy) {
        return strategy == null
                ? TruncationStrategy.AUTO
                : new TruncationStrategy(
                        strategy.required("type"), strategy.integer("last_messages"));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static <T> @Nullable T orKept(@Nullable T given, @Nullable T kept) {
        return given == null ? kept : given;
    }
}
