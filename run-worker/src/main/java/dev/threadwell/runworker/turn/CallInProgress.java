package dev.threadwell.runworker.turn;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.Ids;
import dev.threadwell.runworker.text.WholeCharacters;
import dev.threadwell.runworker.turn.tool.WrittenCall;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accumulates one tool call while the model writes it. */
final class CallInProgress {

    /**
     * A call whose first delta has been published.
     *
     * @param position the index of the call in its step
     * @param written the parser of the called tool
     * @param byClient whether the client executes the call, and not the system
     */
    record Begun(int position, WrittenCall written, boolean byClient) {}

    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder unshown = new StringBuilder();
    private final WholeCharacters characters = new WholeCharacters();
    private final JsonEnd jsonEnd = new JsonEnd();
    private final Map<String, Object> providerFields = new LinkedHashMap<>();
    private String name = "";
    private @Nullable String id;
    private @Nullable String givenId;
    private @Nullable String json;
    private @Nullable Begun begun;

    String id() {
        String own = id;
        if (own == null) {
            own = Ids.toolCall();
            id = own;
        }
        return own;
    }

    /** The id that the provider has assigned, or null. */
    @Nullable String givenId() {
        return givenId;
    }

    /**
     * Takes an id of the provider; an id that clients have seen does not change.
     *
     * @param taken whether another call has this id, so that this call needs a generated one
     */
    void identify(String given, boolean taken) {
        if (givenId == null) {
            givenId = given;
            if (id == null && !taken) {
                id = WholeCharacters.of(given);
            }
        }
    }

    String name() {
        return WholeCharacters.of(name);
    }

    /** The name so far, as received. */
    String nameSoFar() {
        return name;
    }

    void rename(String whole) {
        name = whole;
    }

    boolean hasArguments() {
        return !arguments.isEmpty() || json != null;
    }

    /**
     * Whether the arguments so far are a complete JSON value, so that no further piece can follow.
     */
    boolean hasWholeArguments() {
        return jsonEnd.isReached() || json != null;
    }

    String arguments() {
        return arguments.toString();
    }

    Map<String, Object> providerFields() {
        return providerFields;
    }

    @Nullable Begun begun() {
        return begun;
    }

    void begin(Begun as) {
        begun = as;
    }

    /**
     * Takes the next piece of the arguments' text; ignored after arguments that arrived as JSON.
     */
    void take(String piece) {
        if (json == null) {
            append(characters.take(piece));
        }
    }

    /** Takes arguments that arrived as a JSON value; the members of several objects are merged. */
    void takeJson(String value) {
        if (arguments.isEmpty()) {
            json = json == null ? value : merged(json, value);
        }
    }

    private static String merged(String before, String after) {
        JsonNode first = Json.read(before, JsonNode.class);
        JsonNode second = Json.read(after, JsonNode.class);
        if (!first.isObject() || !second.isObject()) {
            return after;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        first.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        second.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        return Json.compact(members);
    }

    /** Whether the arguments of the piece equal the arguments so far. */
    boolean repeats(ModelEvent.Call piece) {
        return piece.arguments().equals(json == null ? arguments.toString() : json);
    }

    /** Whether the arguments so far are a placeholder for arguments that are still to come. */
    boolean hasPlaceholder() {
        return "{}".equals(json);
    }

    /** Closes arguments that arrived as JSON, because another call begins. */
    void closeJson() {
        String value = json;
        if (value != null) {
            json = null;
            append(value);
        }
    }

    /** Ends the arguments. */
    void close() {
        closeJson();
        append(characters.rest());
    }

    /** Replaces missing arguments with an empty object, because clients parse them as JSON. */
    void replaceMissingArguments() {
        if (arguments.toString().isBlank()) {
            append("{}");
        }
    }

    private void append(String piece) {
        jsonEnd.take(piece);
        arguments.append(piece);
        unshown.append(piece);
    }

    /** Returns the part of the arguments that clients have not seen, and marks it as seen. */
    String show() {
        String piece = unshown.toString();
        unshown.setLength(0);
        return piece;
    }

    /** Whether the call can be executed: it has a name, and its arguments are a JSON object. */
    boolean isWhole() {
        return !name.isBlank() && (json != null || isObject(arguments.toString()));
    }

    /** Whether the text is one JSON object and nothing else. */
    static boolean isObject(String text) {
        try {
            return Json.mapper()
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .<JsonNode>readValue(text)
                    .isObject();
        } catch (IOException e) {
            return false;
        }
    }

    /** Finds the end of a JSON object or array in a text that arrives in pieces. */
    private static final class JsonEnd {

        private int depth;
        private boolean inText;
        private boolean escaped;
        private boolean reached;

        void take(String piece) {
            for (int i = 0; i < piece.length(); i++) {
                next(piece.charAt(i));
            }
        }

        private void next(char c) {
            if (inText) {
                inText = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                depth++;
                reached = false;
            } else if (c == '}' || c == ']') {
                depth--;
                reached = depth <= 0;
            }
        }

        boolean isReached() {
            return reached;
        }
    }
}
