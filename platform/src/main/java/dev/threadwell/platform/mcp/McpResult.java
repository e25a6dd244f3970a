package dev.threadwell.platform.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Converts the result of an MCP tool to text for the model. */
final class McpResult {

    private McpResult() {}

    static String text(JsonNode result) {
        List<String> parts = new ArrayList<>();
        for (JsonNode part : result.path("content")) {
            parts.add(part(part));
        }
        if (parts.isEmpty() && result.has("structuredContent")) {
            parts.add(Json.compact(result.get("structuredContent")));
        }
        String text = String.join("\n", parts);
        return result.path("isError").asBoolean() ? "The tool failed: " + text : text;
    }

    private static String part(JsonNode part) {
        return switch (part.path("type").asText()) {
            case "text" -> part.path("text").asText();
            case "resource" -> resource(part.path("resource"));
            case "resource_link" -> part.path("uri").asText();
            default ->
                    "[%s %s]".formatted(part.path("type").asText(), part.path("mimeType").asText());
        };
    }

    private static String resource(JsonNode resource) {
        return resource.has("text")
                ? resource.path("text").asText()
                : "[resource %s]".formatted(resource.path("uri").asText());
    }
}
