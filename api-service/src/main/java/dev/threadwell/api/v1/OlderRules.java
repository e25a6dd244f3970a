package dev.threadwell.api.v1;

import static dev.threadwell.api.validation.Rules.anyObject;
import static dev.threadwell.api.validation.Rules.atLeast;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.either;
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

import dev.threadwell.api.validation.Fields.Field;
import dev.threadwell.api.validation.Fields;
import dev.threadwell.api.validation.Kind;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.ToolKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The validation rules of v1 requests. */
final class OlderRules {

    static final int MAX_FILES = 20;

    private static final int MAX_TEXT = 256_000;
    private static final String CODE_INTERPRETER = ToolKind.CODE_INTERPRETER.name();
    private static final String FUNCTION = ToolKind.FUNCTION.name();
    private static final String RETRIEVAL = "retrieval";

    private static final Rule TYPE = oneOf(CODE_INTERPRETER, FUNCTION, RETRIEVAL);

    /** The parameter {@code file_ids} of an assistant. */
    static final Rule FILE_IDS = fileIds(MAX_FILES);

    private static final Rule RESPONSE_FORMAT =
            either(oneOf("none", "auto"), byType(formats()), "one of a string or object");

    private static final List<Field> OF_ASSISTANTS =
            List.of(
                    optional("name", text(256)),
                    optional("description", text(512)),
                    optional("instructions", text(MAX_TEXT)),
                    optional("tools", tools(128)),
                    optional("file_ids", FILE_IDS),
                    optional("metadata", metadata()),
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("response_format", RESPONSE_FORMAT));

    private static final List<Field> OF_RUNS =
            List.of(
                    required("assistant_id", id(Kind.ASSISTANT)),
                    optional("model", filledText(256)),
                    optional("instructions", text(MAX_TEXT)),
                    optional("tools", tools(20)),
                    optional("metadata", metadata()),
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("stream", flag()),
                    optional("max_prompt_tokens", atLeast(1)),
                    optional("max_completion_tokens", atLeast(1)),
                    optional("truncation_strategy", byType(strategies())),
                    optional(
                            "tool_choice",
                            either(
                                    oneOf("none", "auto"),
                                    byType(choices()),
                                    "one of a string or object")),
                    optional("response_format", RESPONSE_FORMAT));

    static final Fields NEW_ASSISTANT = with(OF_ASSISTANTS, required("model", filledText(256)));

    static final Fields ASSISTANT = with(OF_ASSISTANTS, optional("model", filledText(256)));

    static final Fields ASSISTANT_FILE = object(required("file_id", id(Kind.FILE)));

    static final Fields NEW_MESSAGE =
            object(
                    required("role", oneOf("user", "assistant")),
                    required("content", filledText(MAX_TEXT)),
                    optional("file_ids", fileIds(10)),
                    optional("metadata", metadata()));

    static final Fields NEW_THREAD =
            object(
                    optional("messages", listOf("objects", 0, 100_000, NEW_MESSAGE)),
                    optional("metadata", metadata()));

    static final Fields NEW_RUN =
            with(
                    OF_RUNS,
                    optional("additional_instructions", text(MAX_TEXT)),
                    optional("additional_messages", listOf("objects", 0, 100_000, NEW_MESSAGE)));

    static final Fields NEW_RUN_WITH_THREAD = with(OF_RUNS, optional("thread", NEW_THREAD));

    /** Of a thread, a message or a run only the metadata can be changed. */
    static final Fields METADATA = object(optional("metadata", metadata()));

    private OlderRules() {}

    private static Fields with(List<Field> fields, Field... more) {
        List<Field> all = new ArrayList<>(List.of(more));
        all.addAll(fields);
        return new Fields(all);
    }

    private static Rule fileIds(int maximum) {
        return listOf("strings", 0, maximum, id(Kind.FILE));
    }

    private static Rule tools(int maximum) {
        Map<String, Fields> types = new LinkedHashMap<>();
        types.put(CODE_INTERPRETER, object(required("type", TYPE)));
        types.put(
                FUNCTION,
                object(
                        required("type", TYPE),
                        required(
                                FUNCTION,
                                object(
                                        required("name", text("^[a-zA-Z0-9_-]+$", 64)),
                                        optional("description", text()),
                                        optional("parameters", anyObject())))));
        types.put(RETRIEVAL, object(required("type", TYPE)));
        return listOf("objects", 0, maximum, byType(types));
    }

    private static Map<String, Fields> choices() {
        Map<String, Fields> choices = new LinkedHashMap<>();
        choices.put(CODE_INTERPRETER, object(required("type", TYPE)));
        choices.put(
                FUNCTION,
                object(
                        required("type", TYPE),
                        required(FUNCTION, object(required("name", filledText(64))))));
        choices.put(RETRIEVAL, object(required("type", TYPE)));
        return choices;
    }

    private static Map<String, Fields> formats() {
        Rule type = oneOf("text", "json_object");
        Map<String, Fields> formats = new LinkedHashMap<>();
        formats.put("text", object(required("type", type)));
        formats.put("json_object", object(required("type", type)));
        return formats;
    }

    private static Map<String, Fields> strategies() {
        Rule type = oneOf("auto", "last_messages");
        Map<String, Fields> strategies = new LinkedHashMap<>();
        strategies.put(
                "auto", object(required("type", type), optional("last_messages", atLeast(1))));
        strategies.put(
                "last_messages",
                object(required("type", type), required("last_messages", atLeast(1))));
        return strategies;
    }
}
