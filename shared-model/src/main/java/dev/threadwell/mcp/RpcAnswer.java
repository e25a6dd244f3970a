package dev.threadwell.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a request in what a server sends: one object, or a stream of events. */
final class RpcAnswer {

    private static final Pattern LINE = Pattern.compile("\r\n|\n|\r");

    private RpcAnswer() {}

    /** The answer to the request of this id; null if it is not there, or not whole yet. */
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

    /** What the server asks or tells on its own account is nothing to us. */
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
