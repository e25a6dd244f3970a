package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.assistant.ToolKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Translates the bodies of v1 requests to the current version, in place. */
final class Upgrade {

    static final String CODE_INTERPRETER = ToolKind.CODE_INTERPRETER.name();
    static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();

    /** The tools for the files of a message whose assistant is not known yet. */
    static final Set<String> ANY_TOOL = Set.of(CODE_INTERPRETER, FILE_SEARCH);

    private static final String RETRIEVAL = "retrieval";
    private static final String FILE_IDS = "file_ids";
    private static final String TOOLS = "tools";
    private static final String TOOL_CHOICE = "tool_choice";
    private static final String RESPONSE_FORMAT = "response_format";
    private static final List<String> MESSAGES = List.of("messages", "additional_messages");

    private Upgrade() {}

    /**
     * Reads and validates a body. Metadata values that are not strings are converted before that.
     */
    static ObjectNode read(byte[] bytes, ObjectRule rule) {
        ObjectNode body = Body.tree(bytes);
        spellMetadata(body);
        Body.of(body, rule);
        return body;
    }

    private static void spellMetadata(ObjectNode body) {
        if (body.get("metadata") instanceof ObjectNode metadata) {
            for (Map.Entry<String, JsonNode> pair : List.copyOf(metadata.properties())) {
                metadata.put(pair.getKey(), PythonStr.str(pair.getValue()));
            }
        }
        messages(body).forEach(Upgrade::spellMetadata);
        if (body.get("thread") instanceof ObjectNode thread) {
            spellMetadata(thread);
        }
    }

    /** The messages of a new thread or run, including those of the run's new thread. */
    static List<ObjectNode> messages(JsonNode body) {
        List<ObjectNode> messages = new ArrayList<>();
        for (String name : MESSAGES) {
            for (JsonNode message : body.path(name)) {
                if (message instanceof ObjectNode given) {
                    messages.add(given);
                }
            }
        }
        body.path("thread").path("messages").forEach(m -> messages.addAll(one(m)));
        return messages;
    }

    private static List<ObjectNode> one(JsonNode message) {
        return message instanceof ObjectNode given ? List.of(given) : List.of();
    }

    /** Translates the tools and the response format, which assistants and runs have in common. */
    static ObjectNode choices(ObjectNode body) {
        body.path(TOOLS).forEach(Upgrade::tool);
        tool(body.path(TOOL_CHOICE));
        if (body.path(RESPONSE_FORMAT).asText().equals("none")) {
            body.put(RESPONSE_FORMAT, "auto");
        }
        return body;
    }

    private static void tool(JsonNode tool) {
        if (tool instanceof ObjectNode given && given.path("type").asText().equals(RETRIEVAL)) {
            given.put("type", FILE_SEARCH);
        }
    }

    /** The types of the tools in a translated body. */
    static Set<String> tools(JsonNode body) {
        Set<String> types = new LinkedHashSet<>();
        body.path(TOOLS).forEach(tool -> types.add(tool.path("type").asText()));
        return types;
    }

    /** The {@code file_ids} of an object, without duplicates. */
    static List<String> files(JsonNode body) {
        Set<String> files = new LinkedHashSet<>();
        body.path(FILE_IDS).forEach(file -> files.add(file.asText()));
        return List.copyOf(files);
    }

    /** Translates a new assistant: each of its tools gets its files. */
    static ObjectNode newAssistant(ObjectNode body) {
        List<String> files = files(body);
        body.remove(FILE_IDS);
        Set<String> tools = tools(choices(body));
        if (files.isEmpty()) {
            return body;
        }
        if (tools.contains(CODE_INTERPRETER)) {
            fill(resources(body).putObject(CODE_INTERPRETER), files);
        }
        if (tools.contains(FILE_SEARCH)) {
            ObjectNode search = resources(body).putObject(FILE_SEARCH);
            fill(search.putArray("vector_stores").addObject(), files);
        }
        return body;
    }

    private static ObjectNode resources(ObjectNode body) {
        return body.withObjectProperty("tool_resources");
    }

    private static void fill(ObjectNode holder, List<String> files) {
        ArrayNode ids = holder.putArray(FILE_IDS);
        files.forEach(ids::add);
    }

    /**
     * Translates a new message: its files become attachments for these tools.
     *
     * @param texts the ids of the files that can be searched
     */
    static ObjectNode message(ObjectNode body, Set<String> tools, Set<String> texts) {
        List<String> files = files(body);
        body.remove(FILE_IDS);
        if (!files.isEmpty()) {
            ArrayNode attachments = body.putArray("attachments");
            files.forEach(file -> attach(attachments.addObject(), file, tools, texts));
        }
        return body;
    }

    private static void attach(
            ObjectNode attachment, String file, Set<String> tools, Set<String> texts) {
        ArrayNode uses = attachment.put("file_id", file).putArray(TOOLS);
        if (tools.contains(CODE_INTERPRETER)) {
            uses.addObject().put("type", CODE_INTERPRETER);
        }
        if (tools.contains(FILE_SEARCH) && texts.contains(file)) {
            uses.addObject().put("type", FILE_SEARCH);
        }
    }
}
