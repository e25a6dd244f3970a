package dev.threadwell.toolworker.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The response of a provider.
 *
 * @param contentType its media type; empty if it has none
 */
public record ProviderAnswer(int status, String contentType, byte[] body) {

    private static final int ERROR_CHARACTERS = 500;

    /** Where providers say what is wrong, the usual place first. */
    private static final List<String> MESSAGES =
            List.of("/error/message", "/error", "/message", "/detail");

    /** Whether the status is 2xx. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** The body; a missing node if it is not JSON. */
    public JsonNode json() {
        try {
            return Json.read(body, JsonNode.class);
        } catch (UncheckedIOException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What the provider says about its refusal, as a sentence for the model; without it the status.
     */
    public String error() {
        JsonNode json = json();
        for (String place : MESSAGES) {
            JsonNode message = json.at(place);
            if (message.isTextual() && !message.asText().isBlank()) {
                String text = message.asText().strip();
                return text.length() > ERROR_CHARACTERS
                        ? text.substring(0, ERROR_CHARACTERS)
                        : text;
            }
        }
        return "It answered with status " + status + ".";
    }
}
