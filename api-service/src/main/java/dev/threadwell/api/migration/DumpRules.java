package dev.threadwell.api.migration;

import static dev.threadwell.api.http.Rules.anyObject;
import static dev.threadwell.api.http.Rules.atLeast;
import static dev.threadwell.api.http.Rules.between;
import static dev.threadwell.api.http.Rules.byType;
import static dev.threadwell.api.http.Rules.decimal;
import static dev.threadwell.api.http.Rules.filledText;
import static dev.threadwell.api.http.Rules.flag;
import static dev.threadwell.api.http.Rules.keptId;
import static dev.threadwell.api.http.Rules.listOf;
import static dev.threadwell.api.http.Rules.metadata;
import static dev.threadwell.api.http.Rules.object;
import static dev.threadwell.api.http.Rules.oneOf;
import static dev.threadwell.api.http.Rules.optional;
import static dev.threadwell.api.http.Rules.required;
import static dev.threadwell.api.http.Rules.text;

import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.assistant.ToolRules;
import dev.threadwell.api.http.Fields;
import dev.threadwell.api.http.Fields.Field;
import dev.threadwell.api.http.Kind;
import dev.threadwell.api.http.Rule;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the objects of a dump have to be like. */
final class DumpRules {

    /** The last second of the year 9999. */
    private static final Rule TIME = between(0, 253_402_300_799L);

    private static final Rule OBJECT =
            oneOf(
                    Assistant.OBJECT,
                    ThreadObject.OBJECT,
                    Message.OBJECT,
                    Run.OBJECT,
                    RunStep.OBJECT);

    private static final Field CREATED_AT = required("created_at", TIME);
    private static final Field METADATA = optional("metadata", metadata());
    private static final Field RESOURCES = optional("tool_resources", ToolResources.EXISTING);
    private static final Field TOOLS = optional("tools", ToolRules.atMost(128));
    private static final Field THREAD_ID = required("thread_id", keptId(Kind.THREAD));
    private static final Field MODEL = required("model", filledText(256));
    private static final Field LAST_ERROR =
            optional("last_error", object(required("code", text()), required("message", text())));
    private static final Field INCOMPLETE =
            optional("incomplete_details", object(required("reason", text())));

    private static final Rule COUNT = between(0, Long.MAX_VALUE);
    private static final Field USAGE =
            optional(
                    "usage",
                    object(
                            required("prompt_tokens", COUNT),
                            required("completion_tokens", COUNT),
                            required("total_tokens", COUNT),
                            optional(
                                    "prompt_token_details",
                                    object(optional("cached_tokens", COUNT))),
                            optional(
                                    "completion_tokens_details",
                                    object(optional("reasoning_tokens", COUNT)))));

    /** Enough to tell what it is. */
    static final Fields ANY = object(required("object", OBJECT));

    static final Fields ASSISTANT =
            object(
                    required("id", keptId(Kind.ASSISTANT)),
                    CREATED_AT,
                    MODEL,
                    optional("name", text()),
                    optional("description", text()),
                    optional("instructions", text()),
                    optional("reasoning_effort", text()),
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("response_format", ToolRules.RESPONSE_FORMAT),
                    TOOLS,
                    RESOURCES,
                    METADATA);

    static final Fields THREAD =
            object(required("id", keptId(Kind.THREAD)), CREATED_AT, RESOURCES, METADATA);

    private static final Fields TEXT =
            object(
                    required(
                            "text",
                            object(
                                    required("value", text()),
                                    optional(
                                            "annotations",
                                            listOf("objects", 0, 100_000, anyObject())))));

    static final Fields MESSAGE =
            object(
                    required("id", keptId(Kind.MESSAGE)),
                    CREATED_AT,
                    THREAD_ID,
                    required("role", oneOf("user", "assistant")),
                    required(
                            "content",
                            listOf(
                                    "objects",
                                    0,
                                    100_000,
                                    byType(
                                            new TreeMap<>(
                                                    Map.of(
                                                            "text",
                                                            TEXT,
                                                            "image_file",
                                                            object(
                                                                    required(
                                                                            "image_file",
                                                                            anyObject())),
                                                            "image_url",
                                                            object(
                                                                    required(
                                                                            "image_url",
                                                                            anyObject())),
                                                            "refusal",
                                                            object(
                                                                    required(
                                                                            "refusal",
                                                                            text()))))))),
                    optional("assistant_id", keptId(Kind.ASSISTANT)),
                    optional("run_id", keptId(Kind.RUN)),
                    optional("status", oneOf("in_progress", "completed", "incomplete")),
                    optional("incomplete_at", TIME),
                    optional("completed_at", TIME),
                    INCOMPLETE,
                    optional(
                            "attachments",
                            listOf(
                                    "objects",
                                    0,
                                    100_000,
                                    object(
                                            optional("file_id", text()),
                                            optional(
                                                    "tools",
                                                    listOf("objects", 0, 128, anyObject()))))),
                    METADATA);

    static final Fields RUN =
            object(
                    required("id", keptId(Kind.RUN)),
                    CREATED_AT,
                    THREAD_ID,
                    required("assistant_id", keptId(Kind.ASSISTANT)),
                    required(
                            "status",
                            oneOf(
                                    Stream.of(RunStatus.values())
                                            .map(RunStatus::wire)
                                            .toArray(String[]::new))),
                    optional("started_at", TIME),
                    optional("expires_at", TIME),
                    optional("cancelled_at", TIME),
                    optional("failed_at", TIME),
                    optional("completed_at", TIME),
                    LAST_ERROR,
                    MODEL,
                    optional("instructions", text()),
                    TOOLS,
                    RESOURCES,
                    METADATA,
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("reasoning_effort", text()),
                    optional("max_completion_tokens", atLeast(1)),
                    optional("max_prompt_tokens", atLeast(1)),
                    optional(
                            "truncation_strategy",
                            object(
                                    required("type", oneOf("auto", "last_messages")),
                                    optional("last_messages", atLeast(1)))),
                    INCOMPLETE,
                    USAGE,
                    optional("response_format", ToolRules.RESPONSE_FORMAT),
                    optional("tool_choice", ToolRules.CHOICE),
                    optional("parallel_tool_calls", flag()));

    private static final Fields FUNCTION_CALL =
            call(
                    "function",
                    required("name", text()),
                    required("arguments", text()),
                    optional("output", text()));

    private static final Fields CODE_CALL =
            call(
                    "code_interpreter",
                    required("input", text()),
                    optional("outputs", listOf("objects", 0, 100_000, anyObject())));

    /** Older ones say nothing of the search, and the oldest have another name for it. */
    private static final Fields SEARCH_CALL =
            object(
                    required("id", text()),
                    optional(
                            "file_search",
                            object(
                                    optional("ranking_options", anyObject()),
                                    optional(
                                            "results",
                                            listOf("objects", 0, 100_000, anyObject())))));

    static final Fields STEP =
            object(
                    required("id", keptId(Kind.STEP)),
                    CREATED_AT,
                    THREAD_ID,
                    required("run_id", keptId(Kind.RUN)),
                    required("assistant_id", keptId(Kind.ASSISTANT)),
                    required(
                            "status",
                            oneOf("in_progress", "cancelled", "failed", "completed", "expired")),
                    optional("cancelled_at", TIME),
                    optional("completed_at", TIME),
                    optional("expires_at", TIME),
                    optional("failed_at", TIME),
                    LAST_ERROR,
                    required(
                            "step_details",
                            byType(
                                    new TreeMap<>(
                                            Map.of(
                                                    "message_creation",
                                                    object(
                                                            required(
                                                                    "message_creation",
                                                                    object(
                                                                            required(
                                                                                    "message_id",
                                                                                    keptId(
                                                                                            Kind
                                                                                                    .MESSAGE))))),
                                                    "tool_calls",
                                                    object(
                                                            required(
                                                                    "tool_calls",
                                                                    listOf(
                                                                            "objects",
                                                                            0,
                                                                            100_000,
                                                                            byType(calls())))))))),
                    USAGE);

    private DumpRules() {}

    private static Fields call(String type, Field... fields) {
        return object(required("id", text()), required(type, object(fields)));
    }

    private static Map<String, Fields> calls() {
        return new TreeMap<>(
                Map.of(
                        "function", FUNCTION_CALL,
                        "code_interpreter", CODE_CALL,
                        "file_search", SEARCH_CALL));
    }
}
