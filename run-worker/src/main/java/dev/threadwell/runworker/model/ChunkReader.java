package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses chunks of a streamed chat completion, and completions that arrive as a whole, in the
 * variants of different providers.
 */
final class ChunkReader {

    /** Fields of a message that some providers expect back along with its tool calls. */
    private static final Set<String> WANTED_BACK =
            Set.of(
                    "reasoning_content",
                    "reasoning",
                    "reasoning_details",
                    "reasoning_text",
                    "reasoning_opaque",
                    "thinking_blocks",
                    "thought_signature",
                    "provider_specific_fields",
                    "extra_content");

    /** Long, because some gateways put the signature of the model's reasoning into an id. */
    private static final int LONGEST_ID = 16_384;

    private static final Set<String> OF_A_CALL = Set.of("index", "id", "type", "function");
    private static final Set<String> OF_A_FUNCTION = Set.of("name", "arguments");

    /**
     * An escaped surrogate in a JSON text; surrogate pairs are not escaped there, so it is
     * unpaired.
     */
    private static final Pattern LONE_HALF =
            Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");

    private ChunkReader() {}

    /**
     * The events of a chunk.
     *
     * @param withMessage whether a complete message is read; false after deltas, which some
     *     providers repeat in one
     */
    static List<ModelEvent> read(JsonNode chunk, boolean withMessage) {
        List<ModelEvent> events = new ArrayList<>();
        JsonNode choice = firstChoice(chunk.path("choices"));
        JsonNode delta = choice.path("delta");
        if (!delta.isEmpty() || !withMessage) {
            readMessage(delta, events);
        } else {
            readMessage(choice.path("message"), events);
            addText(choice.path("text"), events);
        }
        String finished = text(choice, "finish_reason");
        if (finished != null) {
            events.add(new ModelEvent.Finished(finished));
        }
        JsonNode usage = usage(chunk, choice);
        if (usage != null) {
            events.add(new ModelEvent.Spent(usage(usage)));
        }
        return events;
    }

    /** The choice with index 0, the only one that is requested. */
    static JsonNode firstChoice(JsonNode choices) {
        for (JsonNode choice : choices) {
            if (choice.path("index").asInt(0) == 0) {
                return choice;
            }
        }
        return choices.path(-1);
    }

    private static void readMessage(JsonNode message, List<ModelEvent> events) {
        addContent(message.path("content"), events);
        String refusal = text(message, "refusal");
        if (refusal != null) {
            events.add(new ModelEvent.Refusal(refusal));
        }
        int place = 0;
        for (JsonNode call : message.path("tool_calls")) {
            events.add(call(call, place++));
        }
        JsonNode older = message.path("function_call");
        if (older.isObject()) {
            events.add(call(Json.mapper().createObjectNode().set("function", older), 0));
        }
        Map<String, Object> wantedBack = new HashMap<>();
        message.fields()
                .forEachRemaining(
                        field -> {
                            if (WANTED_BACK.contains(field.getKey()) && says(field.getValue())) {
                                wantedBack.put(field.getKey(), value(field.getValue()));
                            }
                        });
        if (!wantedBack.isEmpty()) {
            events.add(new ModelEvent.ProviderFields(wantedBack));
        }
    }

    /**
     * Adds the text of a content, which is a string or typed parts; reasoning parts are left out.
     */
    private static void addContent(JsonNode content, List<ModelEvent> events) {
        if (content.isArray()) {
            content.forEach(part -> addPart(part, events));
        } else if (content.isObject()) {
            addPart(content, events);
        } else {
            addText(content, events);
        }
    }

    private static void addPart(JsonNode part, List<ModelEvent> events) {
        switch (part.isTextual() ? "text" : part.path("type").asText("text")) {
            case "text", "output_text" -> {
                JsonNode text = part.isTextual() ? part : part.path("text");
                addText(text.isObject() ? text.path("value") : text, events);
            }
            case "refusal" -> {
                String refusal = text(part, "refusal");
                if (refusal != null) {
                    events.add(new ModelEvent.Refusal(refusal));
                }
            }
            default -> {
                // Reasoning, references and images are ignored: they are not part of the text.
            }
        }
    }

    /** Adds a text that is not empty; many streams begin with an empty one. */
    private static void addText(JsonNode text, List<ModelEvent> events) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            events.add(new ModelEvent.Text(text.textValue()));
        }
    }

    private static ModelEvent call(JsonNode call, int place) {
        JsonNode function = call.path("function");
        JsonNode index = call.path("index");
        boolean indexed = index.isIntegralNumber();
        JsonNode arguments = function.path("arguments");
        boolean isJson =
                !arguments.isTextual() && !arguments.isMissingNode() && !arguments.isNull();
        return new ModelEvent.Call(
                indexed ? index.asInt() : place,
                indexed,
                id(call.path("id")),
                text(function, "name"),
                isJson ? json(arguments) : arguments.asText(""),
                isJson,
                providerFields(call, function));
    }

    /** The id as a string, also if it is a number; null if it is missing or too long. */
    private static @Nullable String id(JsonNode id) {
        boolean given = id.isTextual() || id.isNumber();
        return given && id.asText().length() <= LONGEST_ID ? id.asText() : null;
    }

    private static String json(JsonNode arguments) {
        return LONE_HALF.matcher(Json.compact(arguments)).replaceAll("$1\uFFFD");
    }

    private static Map<String, Object> providerFields(JsonNode call, JsonNode function) {
        Map<String, Object> fields = others(call, OF_A_CALL);
        Map<String, Object> ofFunction = others(function, OF_A_FUNCTION);
        if (!ofFunction.isEmpty()) {
            fields.put("function", ofFunction);
        }
        return fields;
    }

    private static Map<String, Object> others(JsonNode object, Set<String> known) {
        Map<String, Object> others = new HashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> {
                            if (!known.contains(field.getKey()) && says(field.getValue())) {
                                others.put(field.getKey(), value(field.getValue()));
                            }
                        });
        return others;
    }

    private static boolean says(JsonNode value) {
        return !value.isNull()
                && !(value.isContainerNode() && value.isEmpty())
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    private static Object value(JsonNode node) {
        return Json.read(node, Object.class);
    }

    /**
     * The usage, which is next to the choices, inside one of them, or under a provider's own name.
     */
    private static @Nullable JsonNode usage(JsonNode chunk, JsonNode choice) {
        for (JsonNode usage :
                List.of(
                        chunk.path("usage"),
                        choice.path("usage"),
                        chunk.path("x_groq").path("usage"))) {
            if (usage.isObject() && !usage.isEmpty()) {
                return usage;
            }
        }
        return null;
    }

    private static Usage usage(JsonNode usage) {
        return Usage.of(
                count(usage, "prompt_tokens", "input_tokens"),
                count(usage, "completion_tokens", "output_tokens"),
                count(usage.path("prompt_tokens_details"), "cached_tokens", "cached_tokens"),
                count(
                        usage.path("completion_tokens_details"),
                        "reasoning_tokens",
                        "reasoning_tokens"));
    }

    private static long count(JsonNode usage, String name, String otherwise) {
        JsonNode count = usage.hasNonNull(name) ? usage.path(name) : usage.path(otherwise);
        return Math.clamp(count.asLong(), 0, Integer.MAX_VALUE);
    }

    private static @Nullable String text(JsonNode node, String key) {
        String value = node.path(key).textValue();
        return value == null || value.isEmpty() ? null : value;
    }
}
