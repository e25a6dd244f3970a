package dev.threadwell.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request in the making. */
final class Chat {
    static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode body = JSON.createObjectNode().put("model", "gpt-4o");
    private final ArrayNode messages = body.putArray("messages");

    private Chat() {}

    static Chat empty() {
        return new Chat();
    }

    static Chat user(String text) {
        return new Chat().message("user", text);
    }

    /** A conversation whose last user message carries this direction. */
    static Chat simulate(String direction) {
        return user("simulate " + direction);
    }

    Chat message(String role, String text) {
        messages.addObject().put("role", role).put("content", text);
        return this;
    }

    Chat calling(String id, String name) {
        ObjectNode message = messages.addObject().put("role", "assistant").putNull("content");
        message.putArray("tool_calls")
                .addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", "{}");
        return this;
    }

    Chat output(String callId, String text) {
        messages.addObject().put("role", "tool").put("tool_call_id", callId).put("content", text);
        return this;
    }

    Chat offering(String name, String description, String schema) {
        ArrayNode tools = body.withArray("tools");
        tools.addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("description", description)
                .set("parameters", json(schema));
        return this;
    }

    Chat with(String field, String json) {
        body.set(field, json(json));
        return this;
    }

    Chat without(String field) {
        body.remove(field);
        return this;
    }

    Chat streaming() {
        return with("stream", "true");
    }

    @Override
    public String toString() {
        return body.toString();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }
}
