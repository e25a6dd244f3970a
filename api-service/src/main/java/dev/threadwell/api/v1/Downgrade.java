package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Translates objects of the current version to v1: the same keys in the same order, without those
 * that v1 does not have, and with {@code file_ids} in place of tool resources and attachments.
 *
 * @param files returns the ids of the v1 files of the object with this id
 * @param streamed whether the objects are for a stream, where messages have their statuses
 */
record Downgrade(Function<String, List<String>> files, boolean streamed) {

    private static final String OBJECT = "object";
    private static final String FILE_IDS = "file_ids";
    private static final Set<String> WITH_FILES =
            Set.of(Assistant.OBJECT, Message.OBJECT, Run.OBJECT);

    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String FUNCTION = ToolKind.FUNCTION.name();

    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    /** The ids of this object and the objects in it, as far as their kinds can have v1 files. */
    static Set<String> holders(JsonNode current) {
        Set<String> ids = new LinkedHashSet<>();
        if (WITH_FILES.contains(current.path(OBJECT).asText())) {
            ids.add(current.path("id").asText());
        }
        current.path("data").forEach(item -> ids.addAll(holders(item)));
        return ids;
    }

    /** The object, or the page of objects, in v1. */
    JsonNode of(JsonNode current) {
        return switch (current.path(OBJECT).asText()) {
            case "list" -> changed(current, "data", data -> each(data, this::of));
            case Assistant.OBJECT -> assistant(current);
            case ThreadObject.OBJECT -> without(current, "tool_resources");
            case Message.OBJECT -> message(current);
            case Message.DELTA_OBJECT -> changed(current, "delta", Downgrade::content);
            case Run.OBJECT -> run(current);
            case RunStep.OBJECT ->
                    changed(
                            changed(current, "step_details", Downgrade::calls),
                            "usage",
                            Downgrade::totals);
            case RunStep.DELTA_OBJECT ->
                    changed(
                            current,
                            "delta",
                            delta -> changed(delta, "step_details", Downgrade::calls));
            default -> current;
        };
    }

    private JsonNode assistant(JsonNode current) {
        ObjectNode older = NEW.objectNode();
        for (Map.Entry<String, JsonNode> property : current.properties()) {
            JsonNode value = property.getValue();
            switch (property.getKey()) {
                case "tools" -> older.set("tools", each(value, Downgrade::tool));
                case "tool_resources" -> older.set(FILE_IDS, fileIds(current));
                case "response_format" -> older.set("response_format", format(value));
                case "reasoning_effort" -> {}
                default -> older.set(property.getKey(), value);
            }
        }
        return older;
    }

    private JsonNode run(JsonNode current) {
        ObjectNode older = NEW.objectNode();
        for (Map.Entry<String, JsonNode> property : current.properties()) {
            JsonNode value = property.getValue();
            switch (property.getKey()) {
                case "status" -> older.set("status", status(value));
                case "tools" -> older.set("tools", each(value, Downgrade::tool));
                case "tool_resources" -> older.set(FILE_IDS, fileIds(current));
                case "usage" -> older.set("usage", totals(value));
                case "response_format" -> older.set("response_format", format(value));
                case "tool_choice" ->
                        older.set("tool_choice", value.isObject() ? tool(value) : value);
                case "reasoning_effort", "parallel_tool_calls" -> {}
                default -> older.set(property.getKey(), value);
            }
        }
        return older;
    }

    /**
     * A message in v1. A modified message has {@code file_ids} in the current version too, but an
     * empty list there.
     */
    private JsonNode message(JsonNode current) {
        ObjectNode older = NEW.objectNode();
        for (Map.Entry<String, JsonNode> property : current.properties()) {
            JsonNode value = property.getValue();
            switch (property.getKey()) {
                case "content" -> older.set("content", parts(value));
                case "attachments", FILE_IDS -> older.set(FILE_IDS, fileIds(current));
                case "status", "incomplete_details", "incomplete_at", "completed_at" -> {
                    if (streamed) {
                        older.set(property.getKey(), value);
                    }
                }
                default -> older.set(property.getKey(), value);
            }
        }
        return older;
    }

    private JsonNode fileIds(JsonNode current) {
        ArrayNode ids = NEW.arrayNode();
        files.apply(current.path("id").asText()).forEach(ids::add);
        return ids;
    }

    /**
     * In v1 an incomplete run is {@code completed}; its {@code incomplete_details} give the reason.
     */
    private static JsonNode status(JsonNode status) {
        return status.asText().equals("incomplete") ? NEW.textNode("completed") : status;
    }

    private static JsonNode tool(JsonNode tool) {
        String type = tool.path("type").asText();
        if (type.equals(FILE_SEARCH)) {
            return NEW.objectNode().put("type", "retrieval");
        }
        return type.equals(FUNCTION) ? changed(tool, FUNCTION, f -> without(f, "strict")) : tool;
    }

    /** v1 has no JSON schema as a response format, only {@code json_object}. */
    private static JsonNode format(JsonNode format) {
        return format.path("type").asText().equals("json_schema")
                ? NEW.objectNode().put("type", "json_object")
                : format;
    }

    private static JsonNode totals(JsonNode usage) {
        return without(without(usage, "prompt_token_details"), "completion_tokens_details");
    }

    private static JsonNode calls(JsonNode details) {
        return changed(details, "tool_calls", calls -> each(calls, Downgrade::call));
    }

    /** v1 does not show the results of a file search. */
    private static JsonNode call(JsonNode call) {
        if (!call.path("type").asText().equals(FILE_SEARCH)) {
            return call;
        }
        ObjectNode older = NEW.objectNode();
        for (Map.Entry<String, JsonNode> property : call.properties()) {
            String name = property.getKey();
            if (name.equals("type")) {
                older.put("type", "retrieval");
            } else if (name.equals(FILE_SEARCH)) {
                older.set("retrieval", NEW.objectNode());
            } else {
                older.set(name, property.getValue());
            }
        }
        return older;
    }

    private static JsonNode content(JsonNode delta) {
        return changed(delta, "content", Downgrade::parts);
    }

    /**
     * A refusal becomes a text in v1; an image with a URL is left out, because v1 cannot show it.
     */
    private static JsonNode parts(JsonNode content) {
        ArrayNode parts = NEW.arrayNode();
        for (JsonNode part : content) {
            switch (part.path("type").asText()) {
                case "image_url" -> {}
                case "refusal" -> parts.add(refusal(part));
                case "text" -> parts.add(changed(part, "text", Downgrade::text));
                default -> parts.add(part);
            }
        }
        return parts;
    }

    private static JsonNode refusal(JsonNode part) {
        ObjectNode text = NEW.objectNode();
        text.set("value", part.path("refusal"));
        text.set("annotations", NEW.arrayNode());
        ObjectNode older = NEW.objectNode();
        if (part.has("index")) {
            older.set("index", part.get("index"));
        }
        return older.put("type", "text").set("text", text);
    }

    private static JsonNode text(JsonNode text) {
        return changed(WebLinks.of(text), "annotations", all -> each(all, Downgrade::annotation));
    }

    /**
     * Clients of v1 rely on a {@code quote}; it is empty, because cited words are no longer
     * recorded.
     */
    private static JsonNode annotation(JsonNode annotation) {
        return changed(
                annotation,
                "file_citation",
                cited ->
                        cited.has("quote") || !(cited instanceof ObjectNode object)
                                ? cited
                                : object.deepCopy().put("quote", ""));
    }

    private static JsonNode each(JsonNode items, Function<JsonNode, JsonNode> change) {
        ArrayNode changed = NEW.arrayNode();
        items.forEach(item -> changed.add(change.apply(item)));
        return changed;
    }

    /**
     * The object with a changed value of this name; the same object if the value is absent or null.
     */
    private static JsonNode changed(
            JsonNode object, String name, Function<JsonNode, JsonNode> change) {
        if (!object.hasNonNull(name)) {
            return object;
        }
        ObjectNode changed = NEW.objectNode();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            JsonNode value = property.getValue();
            changed.set(
                    property.getKey(),
                    property.getKey().equals(name) ? change.apply(value) : value);
        }
        return changed;
    }

    private static JsonNode without(JsonNode object, String name) {
        return object instanceof ObjectNode given && given.has(name)
                ? given.deepCopy().without(name)
                : object;
    }
}
