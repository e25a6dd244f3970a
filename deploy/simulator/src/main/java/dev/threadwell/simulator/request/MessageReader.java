package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses one message; {@link ConversationRules} validates the order of messages. */
final class MessageReader {
    private static final Set<String> FIELDS =
            Set.of(
                    ("role content name tool_calls tool_call_id refusal"
                                    // Fields of other dialects; {@code DialectRules} decides who
                                    // may send them.
                                    + " reasoning_content reasoning reasoning_details")
                            .split(" "));
    private static final String ROLES =
            Stream.of(Role.values())
                    .map(r -> "'" + r.wire() + "'")
                    .collect(Collectors.joining(", "));

    private final JsonNode node;
    private final String path;

    private MessageReader(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    static ChatMessage read(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new RefusedRequest(RequestError.wrongType(path, "an object"));
        }
        Shape.onlyKnown(node, FIELDS, path);
        return new MessageReader(node, path).message();
    }

    private ChatMessage message() {
        Role role = role();
        List<ToolCall> calls = toolCalls(role);
        String text = content(role, calls);
        return new ChatMessage(role, text, pictures(), calls, toolCallId(role));
    }

    /** The URLs of the image parts of valid content. */
    private List<String> pictures() {
        var urls = new ArrayList<String>();
        for (JsonNode part : node.path("content")) {
            String url = part.path("image_url").path("url").asText();
            if (!url.isEmpty()) {
                urls.add(url);
            }
        }
        return List.copyOf(urls);
    }

    private Role role() {
        String name = Shape.text(node, "role", path);
        Role role = Role.of(name);
        if (role == null) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid value: '" + name + "'. Supported values are: " + ROLES + ".",
                            path + ".role",
                            "invalid_value"));
        }
        return role;
    }

    private String content(Role role, List<ToolCall> calls) {
        JsonNode content = node.path("content");
        String at = path + ".content";
        if (content.isTextual()) {
            return content.textValue();
        }
        if (content.isArray()) {
            return parts(role, content, at);
        }
        boolean mayBeAbsent =
                role == Role.ASSISTANT && (!calls.isEmpty() || node.path("refusal").isTextual());
        if (content.isMissingNode() || content.isNull()) {
            if (mayBeAbsent) {
                return "";
            }
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid value for 'content': expected a string, got null.", at, null));
        }
        throw new RefusedRequest(RequestError.wrongType(at, "one of a string or array of objects"));
    }

    private static String parts(Role role, JsonNode content, String path) {
        if (content.isEmpty()) {
            throw new RefusedRequest(RequestError.emptyArray(path));
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < content.size(); i++) {
            String text = part(role, content.get(i), path + "[" + i + "]");
            if (text != null) {
                texts.add(text);
            }
        }
        return String.join("\n", texts);
    }

    private static @Nullable String part(Role role, JsonNode part, String path) {
        String type = Shape.text(part, "type", path);
        List<String> known = partTypes(role);
        if (!known.contains(type)) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid value: '"
                                    + type
                                    + "'. Supported values are: '"
                                    + String.join("', '", known)
                                    + "'.",
                            path + ".type",
                            "invalid_value"));
        }
        if (type.equals("text") || type.equals("refusal")) {
            return Shape.text(part, type, path);
        }
        JsonNode media = part.path(type);
        if (!media.isObject()) {
            throw new RefusedRequest(RequestError.missing(path + "." + type));
        }
        if (type.equals("image_url")) {
            Shape.text(media, "url", path + ".image_url");
        }
        return null;
    }

    private static List<String> partTypes(Role role) {
        return switch (role) {
            case USER -> List.of("text", "image_url", "input_audio", "file");
            case ASSISTANT -> List.of("text", "refusal");
            case SYSTEM, DEVELOPER, TOOL -> List.of("text");
        };
    }

    private @Nullable String toolCallId(Role role) {
        if (role == Role.TOOL) {
            return Shape.text(node, "tool_call_id", path);
        }
        if (node.has("tool_call_id")) {
            throw new RefusedRequest(RequestError.unknown(path + ".tool_call_id"));
        }
        return null;
    }

    private List<ToolCall> toolCalls(Role role) {
        JsonNode calls = node.path("tool_calls");
        String at = path + ".tool_calls";
        if (calls.isMissingNode()) {
            return List.of();
        }
        if (role != Role.ASSISTANT) {
            throw new RefusedRequest(RequestError.unknown(at));
        }
        if (!calls.isArray()) {
            throw new RefusedRequest(RequestError.wrongType(at, "an array of objects"));
        }
        if (calls.isEmpty()) {
            throw new RefusedRequest(RequestError.emptyArray(at));
        }
        var read = new ArrayList<ToolCall>();
        for (int i = 0; i < calls.size(); i++) {
            read.add(toolCall(calls.get(i), at + "[" + i + "]"));
        }
        return read;
    }

    private static ToolCall toolCall(JsonNode call, String path) {
        String id = Shape.text(call, "id", path);
        String type = Shape.text(call, "type", path);
        if (!type.equals("function")) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid value: '" + type + "'. Supported values are: 'function'.",
                            path + ".type",
                            "invalid_value"));
        }
        JsonNode function = call.path("function");
        String name = Shape.functionName(function, path + ".function");
        return new ToolCall(id, name, Shape.text(function, "arguments", path + ".function"));
    }
}
