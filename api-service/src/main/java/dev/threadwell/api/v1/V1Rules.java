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

import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.ToolKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The validation rules of v1 requests. */
final class V1Rules {

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
                    required("assistant_id", id(ObjectKind.ASSISTANT)),
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

    static final ObjectRule NEW_ASSISTANT = with(OF_ASSISTANTS, required("model", filledText(256)));

    static final ObjectRule ASSISTANT = with(OF_ASSISTANTS, optional("model", filledText(256)));

    static final ObjectRule ASSISTANT_FILE = object(required("file_id", id(ObjectKind.FILE)));

    static final ObjectRule NEW_MESSAGE =
            object(
                    required("role", oneOf("user", "assistant")),
                    required("content", filledText(MAX_TEXT)),
                    optional("file_ids", fileIds(10)),
                    optional("metadata", metadata()));

    static final ObjectRule NEW_THREAD =
            object(
                    optional("messages", listOf("objects", 0, 100_000, NEW_MESSAGE)),
                    optional("metadata", metadata()));

    static final ObjectRule NEW_RUN =
            with(
                    OF_RUNS,
                    optional("additional_instructions", text(MAX_TEXT)),
                    optional("additional_messages", listOf("objects", 0, 100_000, NEW_MESSAGE)));

    static final ObjectRule NEW_RUN_WITH_THREAD = with(OF_RUNS, optional("thread", NEW_THREAD));

    /** The body that modifies a thread, a message or a run: only the metadata can be changed. */
    static final ObjectRule METADATA = object(optional("metadata", metadata()));

    private V1Rules() {}

    private static ObjectRule with(List<Field> fields, Field... more) {
        List<Field> all = new ArrayList<>(List.of(more));
        all.addAll(fields);
        return new ObjectRule(all);
    }

    private static Rule fileIds(int maximum) {
        return listOf("strings", 0, maximum, id(ObjectKind.FILE));
    }

    private static Rule tools(int maximum) {
        Map<String, ObjectRule> types = new LinkedHashMap<>();
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

    private static Map<String, ObjectRule> choices() {
        Map<String, ObjectRule> choices = new LinkedHashMap<>();
        choices.put(CODE_INTERPRETER, object(required("type", TYPE)));
        choices.put(
                FUNCTION,
                object(
                        required("type", TYPE),
                        required(FUNCTION, object(required("name", filledText(64))))));
        choices.put(RETRIEVAL, object(required("type", TYPE)));
        return choices;
    }

    private static Map<String, ObjectRule> formats() {
        Rule type = oneOf("text", "json_object");
        Map<String, ObjectRule> formats = new LinkedHashMap<>();
        formats.put("text", object(required("type", type)));
        formats.put("json_object", object(required("type", type)));
        return formats;
    }

    private static Map<String, ObjectRule> strategies() {
        Rule type = oneOf("auto", "last_messages");
        Map<String, ObjectRule> strategies = new LinkedHashMap<>();
        strategies.put(
                "auto", object(required("type", type), optional("last_messages", atLeast(1))));
        strategies.put(
                "last_messages",
                object(required("type", type), required("last_messages", atLeast(1))));
        return strategies;
    }
}
