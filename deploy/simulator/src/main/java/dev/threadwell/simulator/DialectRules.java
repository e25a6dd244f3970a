package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.direction.Dialect;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validation rules that differ between providers: the fields they reject and those that a client
 * must send back.
 */
final class DialectRules {
    private static final Set<String> OF_A_MESSAGE =
            Set.of("role", "content", "name", "tool_calls", "tool_call_id", "refusal");
    private static final Set<String> OF_A_CALL = Set.of("id", "type", "function");
    private static final String MISTRALS_ID = "[a-zA-Z0-9]{9}";

    private DialectRules() {}

    static void check(ObjectNode body, @Nullable Dialect dialect) {
        if (dialect == Dialect.MISTRAL && body.has("max_completion_tokens")) {
            throw refused("detail", "body.max_completion_tokens: Extra inputs are not permitted");
        }
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            check(messages.get(i), "messages[" + i + "]", dialect);
        }
    }

    private static void check(JsonNode message, String path, @Nullable Dialect dialect) {
        onlyKnown(message, OF_A_MESSAGE, path, dialect);
        JsonNode calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            onlyKnown(calls.get(i), OF_A_CALL, path + ".tool_calls[" + i + "]", dialect);
            if (dialect == Dialect.MISTRAL) {
                checkId(calls.get(i).path("id").asText());
            }
            if (dialect == Dialect.GEMINI && !calls.get(i).has("extra_content")) {
                throw gemini("Function call is missing a thought_signature in functionCall parts.");
            }
        }
        String wanted = dialect == null ? null : dialect.wantedBack();
        if (wanted != null
                && dialect != Dialect.GEMINI
                && !calls.isEmpty()
                && !message.has(wanted)) {
            throw refused(
                    "error",
                    "The `" + wanted + "` in the thinking mode must be passed back to the API.");
        }
    }

    private static void onlyKnown(
            JsonNode object, Set<String> known, String path, @Nullable Dialect dialect) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name) && (dialect == null || dialect.wantedBack() == null)) {
                throw new RefusedRequest(RequestError.unknown(path + "." + name));
            }
        }
    }

    private static void checkId(String id) {
        if (!id.matches(MISTRALS_ID)) {
            throw refused(
                    "message",
                    "Tool call id was " + id + " but must be a-z, A-Z, 0-9, with a length of 9.");
        }
    }

    private static RefusedRequest refused(String member, String message) {
        ObjectNode body = SimulatorJson.object();
        if (member.equals("error")) {
            body.putObject("error").put("message", message).put("type", "invalid_request_error");
        } else {
            body.put(member, message);
        }
        return new RefusedRequest(
                RequestError.invalid(message, null, null), SimulatorJson.bytes(body));
    }

    private static RefusedRequest gemini(String message) {
        ObjectNode error = SimulatorJson.object();
        error.putObject("error")
                .put("code", 400)
                .put("message", message)
                .put("status", "INVALID_ARGUMENT");
        return new RefusedRequest(
                RequestError.invalid(message, null, null),
                ("[" + SimulatorJson.text(error) + "]")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
