package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider reports it. There is no common format: the reason may be in an {@code
 * error} object or string, in an array, or under {@code detail}, {@code message} and other names.
 *
 * @param message the reason in the provider's words; empty if there is none
 * @param codes all codes, types and statuses that accompany it, in lower case
 */
record ProviderError(String message, List<String> codes) {

    static final ProviderError NONE = new ProviderError("", List.of());

    private static final int DEEPEST = 8;
    private static final int MOST_ITEMS = 3;
    private static final int LONGEST_PLAIN_TEXT = 2_000;

    /** Names of members that contain an error object. */
    private static final List<String> CONTAINERS =
            List.of("error", "errors", "detail", "fault", "base_resp", "response");

    private static final List<String> MESSAGES =
            List.of(
                    "message",
                    "msg",
                    "error_msg",
                    "error_message",
                    "errorMessage",
                    "error_description",
                    "status_msg",
                    "faultstring",
                    "reason",
                    "title",
                    "Message");

    private static final List<String> CODES =
            List.of("code", "type", "status", "status_code", "error_code", "statusCode");

    private static final Pattern MARKUP = Pattern.compile("(?s)^\\s*<.*");

    /** Finds the error in a body of any format. */
    static ProviderError in(byte[] body) {
        try {
            JsonNode tree = Json.mapper().readTree(new String(body, StandardCharsets.UTF_8));
            return tree.isContainerNode() || tree.isTextual() ? in(tree) : NONE;
        } catch (IOException e) {
            // The body is plain text or an HTML page.
        }
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() > LONGEST_PLAIN_TEXT || MARKUP.matcher(text).matches()
                ? NONE
                : new ProviderError(text, List.of());
    }

    /** Finds the error in a JSON value. */
    static ProviderError in(JsonNode tree) {
        return find(tree, 0);
    }

    /**
     * Whether a chunk of a stream reports an error instead of a part of the answer.
     *
     * @param named whether the event has the name {@code error}
     */
    static boolean isIn(JsonNode chunk, boolean named) {
        if (named || isError(chunk.path("error")) || isError(choice(chunk).path("error"))) {
            return true;
        }
        if (chunk.has("choices") || !chunk.isContainerNode() || chunk.path("usage").isObject()) {
            return false;
        }
        JsonNode status = chunk.at("/base_resp/status_code");
        return status.isMissingNode() ? !in(chunk).message().isEmpty() : status.asInt() != 0;
    }

    private static JsonNode choice(JsonNode chunk) {
        return ChunkReader.firstChoice(chunk.path("choices"));
    }

    private static boolean isError(JsonNode error) {
        return error.isContainerNode() && !error.isEmpty()
                || error.isTextual() && !error.textValue().isBlank()
                || error.isNumber() && error.asInt() != 0
                || error.isBoolean() && error.booleanValue();
    }

    /** Finds the error in a chunk for which {@link #isIn} is true. */
    static ProviderError inChunk(JsonNode chunk) {
        JsonNode inChoice = choice(chunk).path("error");
        return isError(inChoice) ? in(inChoice) : in(chunk);
    }

    private static ProviderError find(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return NONE;
        }
        if (node.isTextual()) {
            return inText(node.textValue(), depth);
        }
        return node.isArray() ? inItems(node, depth) : inObject(node, depth);
    }

    /** Gateways embed the response of the provider, often JSON, in a string. */
    private static ProviderError inText(String text, int depth) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                ProviderError inside = find(Json.mapper().readTree(stripped), depth + 1);
                if (!inside.message().isEmpty()) {
                    return inside;
                }
            } catch (IOException e) {
                // The text is not JSON.
            }
        }
        return new ProviderError(stripped, List.of());
    }

    private static ProviderError inItems(JsonNode items, int depth) {
        List<String> messages = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (JsonNode item : items) {
            if (messages.size() < MOST_ITEMS) {
                ProviderError one = find(item, depth + 1);
                codes.addAll(one.codes());
                if (!one.message().isEmpty()) {
                    messages.add(place(item) + one.message());
                }
            }
        }
        return new ProviderError(String.join("; ", messages), codes);
    }

    /** The location that validators report: {@code "loc": ["body", "messages", 1]}. */
    private static String place(JsonNode item) {
        List<String> place = new ArrayList<>();
        item.path("loc").forEach(step -> place.add(step.asText()));
        return place.isEmpty() ? "" : String.join(".", place) + ": ";
    }

    private static ProviderError inObject(JsonNode object, int depth) {
        List<String> codes = codes(object);
        for (String container : CONTAINERS) {
            if (isError(object.path(container))) {
                ProviderError inside = find(object.path(container), depth + 1);
                codes.addAll(inside.codes());
                if (!inside.message().isEmpty()) {
                    return new ProviderError(inside.message(), codes);
                }
            }
        }
        for (String name : MESSAGES) {
            JsonNode message = object.path(name);
            if (message.isTextual() && !message.textValue().isBlank() || message.isObject()) {
                ProviderError inside = find(message, depth + 1);
                if (!inside.message().isEmpty()) {
                    codes.addAll(inside.codes());
                    return new ProviderError(withCause(object, inside.message()), codes);
                }
            }
        }
        return new ProviderError("", codes);
    }

    /** Adds the provider's own error, which OpenRouter reports in {@code metadata.raw}. */
    private static String withCause(JsonNode object, String message) {
        JsonNode raw = object.path("metadata").path("raw");
        if (!raw.isTextual() && !raw.isObject()) {
            return message;
        }
        String cause = find(raw, 1).message();
        return cause.isEmpty() || MARKUP.matcher(cause).matches()
                ? message
                : message + ": " + cause;
    }

    private static List<String> codes(JsonNode object) {
        return CODES.stream()
                .map(object::path)
                .filter(JsonNode::isValueNode)
                .map(code -> code.asText("").strip().toLowerCase(Locale.ROOT))
                .filter(code -> !code.isEmpty() && !code.equals("null"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The HTTP status in the error itself; null if there is none. */
    @Nullable Integer status() {
        return codes.stream()
                .filter(code -> code.matches("[45]\\d\\d"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(null);
    }
}
