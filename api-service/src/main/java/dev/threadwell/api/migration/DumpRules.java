package dev.threadwell.api.migration;

import static dev.threadwell.api.validation.Rules.anyObject;
import static dev.threadwell.api.validation.Rules.atLeast;
import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.keptId;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.assistant.ToolRules;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The validation rules of the objects of a dump. */
final class DumpRules {

    static final int MANY = 100_000;

    /** The last second of the year 9999. */
    private static final Rule TIME = between(0, 253_402_300_799L);

    private static final Field CREATED_AT = required("created_at", TIME);
    private static final Field THREAD_ID = required("thread_id", keptId(ObjectKind.THREAD));
    private static final Field ASSISTANT_ID =
            required("assistant_id", keptId(ObjectKind.ASSISTANT));
    private static final Field MODEL = required("model", filledText(256));
    private static final Field INSTRUCTIONS = optional("instructions", text());
    private static final Field TOOLS = optional("tools", ToolRules.atMost(128));
    private static final Field RESOURCES = optional("tool_resources", ToolResources.EXISTING);
    private static final Field METADATA = optional("metadata", metadata());
    private static final Field TEMPERATURE = optional("temperature", decimal(0, 2));
    private static final Field TOP_P = optional("top_p", decimal(0, 1));
    private static final Field EFFORT = optional("reasoning_effort", text());
    private static final Field FORMAT = optional("response_format", ToolRules.RESPONSE_FORMAT);
    private static final Field CANCELLED_AT = optional("cancelled_at", TIME);
    private static final Field FAILED_AT = optional("failed_at", TIME);
    private static final Field COMPLETED_AT = optional("completed_at", TIME);
    private static final Field EXPIRES_AT = optional("expires_at", TIME);

    private static final Field LAST_ERROR =
            optional("last_error", object(required("code", text()), required("message", text())));
    private static final Field INCOMPLETE_DETAILS =
            optional("incomplete_details", object(required("reason", text())));

    private static final Rule COUNT = between(0, Long.MAX_VALUE);
    private static final Field USAGE =
            optional(
                    "usage",
                    object(
                            required("prompt_tokens", COUNT),
                            required("completion_tokens", COUNT),
                            required("total_tokens", COUNT),
                            details("prompt_token_details", "cached_tokens"),
                            details("completion_tokens_details", "reasoning_tokens")));

    private static final Map<String, ObjectRule> PARTS =
            Map.of(
                    "text",
                    object(
                            required(
                                    "text",
                                    object(required("value", text()), objects("annotations")))),
                    "image_file",
                    object(required("image_file", object(required("file_id", text())))),
                    "image_url",
                    object(required("image_url", object(required("url", text())))),
                    "refusal",
                    object(required("refusal", text())));

    private static final ObjectRule ATTACHMENT =
            object(optional("file_id", text()), objects("tools"));

    private static final ObjectRule TRUNCATION =
            object(
                    required("type", oneOf("auto", "last_messages")),
                    optional("last_messages", atLeast(1)));

    private static final Map<String, ObjectRule> STEPS =
            Map.of(
                    "message_creation",
                    object(
                            required(
                                    "message_creation",
                                    object(required("message_id", keptId(ObjectKind.MESSAGE))))),
                    "tool_calls",
                    object(
                            required(
                                    "tool_calls",
                                    listOf("objects", 0, MANY, byName(DumpedCalls.rules())))));

    /** The rule by which the kind of an object is found. */
    static final ObjectRule ANY =
            object(
                    required(
                            "object",
                            oneOf(
                                    Assistant.OBJECT,
                                    ThreadObject.OBJECT,
                                    Message.OBJECT,
                                    Run.OBJECT,
                                    RunStep.OBJECT)));

    static final ObjectRule ASSISTANT =
            object(
                    required("id", keptId(ObjectKind.ASSISTANT)),
                    CREATED_AT,
                    MODEL,
                    optional("name", text()),
                    optional("description", text()),
                    INSTRUCTIONS,
                    TOOLS,
                    RESOURCES,
                    METADATA,
                    TEMPERATURE,
                    TOP_P,
                    EFFORT,
                    FORMAT);

    static final ObjectRule THREAD =
            object(required("id", keptId(ObjectKind.THREAD)), CREATED_AT, RESOURCES, METADATA);

    static final ObjectRule MESSAGE =
            object(
                    required("id", keptId(ObjectKind.MESSAGE)),
                    CREATED_AT,
                    THREAD_ID,
                    required("role", oneOf("user", "assistant")),
                    required("content", listOf("objects", 0, MANY, byName(PARTS))),
                    optional("assistant_id", keptId(ObjectKind.ASSISTANT)),
                    optional("run_id", keptId(ObjectKind.RUN)),
                    optional("status", oneOf("in_progress", "completed", "incomplete")),
                    INCOMPLETE_DETAILS,
                    optional("incomplete_at", TIME),
                    COMPLETED_AT,
                    optional("attachments", listOf("objects", 0, MANY, ATTACHMENT)),
                    METADATA);

    static final ObjectRule RUN =
            object(
                    required("id", keptId(ObjectKind.RUN)),
                    CREATED_AT,
                    THREAD_ID,
                    ASSISTANT_ID,
                    required("status", oneOf(statuses())),
                    optional("started_at", TIME),
                    EXPIRES_AT,
                    CANCELLED_AT,
                    FAILED_AT,
                    COMPLETED_AT,
                    LAST_ERROR,
                    MODEL,
                    INSTRUCTIONS,
                    TOOLS,
                    RESOURCES,
                    METADATA,
                    TEMPERATURE,
                    TOP_P,
                    EFFORT,
                    optional("max_completion_tokens", atLeast(1)),
                    optional("max_prompt_tokens", atLeast(1)),
                    optional("truncation_strategy", TRUNCATION),
                    INCOMPLETE_DETAILS,
                    USAGE,
                    FORMAT,
                    optional("tool_choice", ToolRules.CHOICE),
                    optional("parallel_tool_calls", flag()));

    static final ObjectRule STEP =
            object(
                    required("id", keptId(ObjectKind.STEP)),
                    CREATED_AT,
                    THREAD_ID,
                    required("run_id", keptId(ObjectKind.RUN)),
                    ASSISTANT_ID,
                    required(
                            "status",
                            oneOf("in_progress", "cancelled", "failed", "completed", "expired")),
                    CANCELLED_AT,
                    COMPLETED_AT,
                    EXPIRES_AT,
                    FAILED_AT,
                    LAST_ERROR,
                    required("step_details", byName(STEPS)),
                    USAGE);

    private DumpRules() {}

    private static Field details(String name, String count) {
        return optional(name, object(optional(count, COUNT)));
    }

    private static Field objects(String name) {
        return optional(name, listOf("objects", 0, MANY, anyObject()));
    }

    /**
     * An object whose {@code type} determines its fields; errors list the types in alphabetical
     * order.
     */
    private static Rule byName(Map<String, ObjectRule> types) {
        return byType(new TreeMap<>(types));
    }

    private static String[] statuses() {
        return Stream.of(RunStatus.values()).map(RunStatus::wire).toArray(String[]::new);
    }
}
