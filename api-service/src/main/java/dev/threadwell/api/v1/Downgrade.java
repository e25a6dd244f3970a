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
 * The objects of the current version as v1 has them: the same keys in the same order, those that it
 * does not know left out, and {@code file_ids} where it knows no better.
 *
 * @param files the ids of the files that v1 knows an object by this id to have
 * @param streamed whether it is for a stream, where messages have their statuses
 */
record Downgrade(Function<String, List<String>> files, boolean streamed) {

    private static final String OBJECT = "object";
    private static final String FILE_IDS = "file_ids";
    private static final Set<String> WITH_FILES =
            Set.of(Assistant.OBJECT, Message.OBJECT, Run.OBJECT);

    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String FUNCTION = ToolKind.FUNCTION.name();

    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    /** The ids of the objects in this one, itself perhaps, that may have files. */
    static Set<String> holders(JsonNode current) {
        Set<String> ids = new LinkedHashSet<>();
        if (WITH_FILES.contains(current.path(OBJECT).asText())) {
            ids.add(current.path("id").asText());
        }
        current.path("data").forEach(item -> ids.addAll(holders(item)));
        return ids;
    }

    /** The object, or the page of objects. */
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

    /** A modified message has its {@code file_ids} in the current version too, but always none. */
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

    /** In v1 a run that was cut short has completed, and says in its details what was cut. */
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

    /** A schema for the answer is what v1 does not know; that it is JSON at all, it does. */
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

    /** What a search found is not told. */
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

    /** A refusal is a text like others; a picture by its URL is nothing that v1 could show. */
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
        return changed(text, "annotations", all -> each(all, Downgrade::annotation));
    }

    /** Clients of v1 count on a quote; which words were cited is not recorded any more. */
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

    /** The object with another value in its place, if it has one that is not null. */
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
