package dev.threadwell.api.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.assistant.ToolKind;

/** Converts objects of the API's first version to those of the second. */
final class V1Shapes {

    private static final String FILE_IDS = "file_ids";
    private static final String TOOLS = "tools";
    private static final String TYPE = "type";
    private static final String CODE_INTERPRETER = ToolKind.CODE_INTERPRETER.name();
    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String RETRIEVAL = "retrieval";
    private static final String RESOURCES = "tool_resources";

    private V1Shapes() {}

    /** Converts the tools and files of an assistant or a run. */
    static void upgradeTools(Conversion object) {
        ObjectNode json = object.json();
        JsonNode files = json.path(FILE_IDS);
        if (files.isArray() && !files.isEmpty() && !object.has(RESOURCES)) {
            if (hasTool(json, CODE_INTERPRETER)) {
                json.putObject(RESOURCES).putObject(CODE_INTERPRETER).set(FILE_IDS, files);
            } else {
                object.changed("Its file_ids are left out: it has no code interpreter.");
            }
            if (hasTool(json, RETRIEVAL)) {
                object.changed("Its file_ids are in no vector store, which file_search needs.");
            }
        }
        json.path(TOOLS).forEach(V1Shapes::upgrade);
    }

    private static boolean hasTool(ObjectNode json, String type) {
        return json.path(TOOLS).valueStream().anyMatch(tool -> isOf(type, tool));
    }

    private static boolean isOf(String type, JsonNode value) {
        return type.equals(value.path(TYPE).textValue());
    }

    private static void upgrade(JsonNode tool) {
        if (tool instanceof ObjectNode json && isOf(RETRIEVAL, json)) {
            json.put(TYPE, FILE_SEARCH);
            json.remove(RETRIEVAL);
        }
    }

    /** Converts the files of a message. */
    static void upgradeFiles(Conversion message) {
        JsonNode files = message.json().path(FILE_IDS);
        if (files.isArray() && !message.has("attachments")) {
            ArrayNode attachments = message.json().putArray("attachments");
            for (JsonNode file : files) {
                attachments.addObject().<ObjectNode>set("file_id", file).putArray(TOOLS);
            }
        }
    }

    /** Converts the tool calls of a step. */
    static void upgradeCalls(Conversion step) {
        step.json().at("/step_details/tool_calls").forEach(V1Shapes::upgrade);
    }
}
