package dev.threadwell.platform.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the JSON-RPC response to a request in a response body: a JSON object or an SSE stream. */
final class RpcResponse {

    private static final Pattern LINE = Pattern.compile("\r\n|\n|\r");

    private RpcResponse() {}

    /** The response with this id; null if it is missing or still incomplete. */
    static @Nullable JsonNode find(byte[] body, boolean events, int id) {
        String text = new String(body, StandardCharsets.UTF_8);
        return events ? inEvents(text, id) : answer(text, id);
    }

    private static @Nullable JsonNode inEvents(String text, int id) {
        StringBuilder data = new StringBuilder();
        for (String line : LINE.split(text, -1)) {
            if (line.startsWith("data:")) {
                data.append(line.substring(5)).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                JsonNode answer = answer(data.toString(), id);
                if (answer != null) {
                    return answer;
                }
                data.setLength(0);
            }
        }
        return null;
    }

    /** Ignores requests and notifications that the server sends on its own. */
    private static @Nullable JsonNode answer(String json, int id) {
        try {
            JsonNode message = Json.mapper().readTree(json);
            boolean ours = message.path("id").asInt(-1) == id;
            return ours && (message.has("result") || message.has("error")) ? message : null;
        } catch (IOException e) {
            return null;
        }
    }
}
