package dev.threadwell.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.thread.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that its deltas have shown, to compute the missing deltas when its stream
 * was interrupted and the complete message is in the database.
 */
public final class ShownMessage {

    private static final String TEXT = "text";
    private static final String REFUSAL = "refusal";

    private final List<Part> parts = new ArrayList<>();

    private static final class Part {

        private final StringBuilder said = new StringBuilder();
        private int annotations;
    }

    /** Takes a delta of the message, in the order of the stream. */
    public void take(byte[] delta) {
        for (JsonNode piece : Json.read(delta, JsonNode.class).at("/delta/content")) {
            int index = piece.path("index").asInt(-1);
            if (index < 0 || index > parts.size()) {
                throw new IllegalArgumentException("a delta of a part that has not begun");
            }
            if (index == parts.size()) {
                parts.add(new Part());
            }
            Part part = parts.get(index);
            part.said.append(said(piece));
            part.annotations += piece.at("/text/annotations").size();
        }
    }

    private static String said(JsonNode part) {
        return switch (part.path("type").asText()) {
            case TEXT -> part.at("/text/value").asText("");
            case REFUSAL -> part.path(REFUSAL).asText("");
            default -> "";
        };
    }

    /**
     * The deltas that are missing up to the stored message; empty if the shown part is not a prefix
     * of it.
     */
    public Optional<List<PublicJson>> missing(Message stored) {
        JsonNode content = PublicJson.tree(stored, PublicJson.Bindings.HIDDEN).path("content");
        if (parts.size() > content.size()) {
            return Optional.empty();
        }
        List<PublicJson> deltas = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            JsonNode whole = content.get(i);
            Part part = i < parts.size() ? parts.get(i) : null;
            if (part != null && !isBeginning(part, whole)) {
                return Optional.empty();
            }
            ObjectNode rest = part == null ? whole(whole) : rest(part, whole);
            if (rest != null) {
                deltas.add(delta(stored.id(), i, rest));
            }
        }
        return Optional.of(deltas);
    }

    private static boolean isBeginning(Part part, JsonNode whole) {
        return said(whole).startsWith(part.said.toString())
                && part.annotations <= whole.at("/text/annotations").size();
    }

    private static ObjectNode whole(JsonNode part) {
        ObjectNode all = part.deepCopy();
        if (all.path(TEXT).path("annotations") instanceof ArrayNode annotations) {
            number(annotations, 0);
        }
        return all;
    }

    /** The missing rest of the part; null if it is complete. */
    private static @Nullable ObjectNode rest(Part part, JsonNode whole) {
        String unsaid = said(whole).substring(part.said.length());
        JsonNode annotations = whole.at("/text/annotations");
        boolean annotated = annotations.size() > part.annotations;
        if (unsaid.isEmpty() && !annotated) {
            return null;
        }
        ObjectNode rest = Json.mapper().createObjectNode().set("type", whole.path("type"));
        if (whole.path(TEXT).isMissingNode()) {
            return rest.put(REFUSAL, unsaid);
        }
        ObjectNode text = rest.putObject(TEXT).put("value", unsaid);
        if (annotated) {
            ArrayNode more = text.putArray("annotations");
            for (int i = part.annotations; i < annotations.size(); i++) {
                more.add(annotations.get(i).deepCopy());
            }
            number(more, part.annotations);
        }
        return rest;
    }

    /** Adds the index of each annotation, which deltas have and messages do not. */
    private static void number(ArrayNode annotations, int first) {
        for (int i = 0; i < annotations.size(); i++) {
            ObjectNode numbered = Json.mapper().createObjectNode().put("index", first + i);
            numbered.setAll((ObjectNode) annotations.get(i));
            annotations.set(i, numbered);
        }
    }

    private static PublicJson delta(String messageId, int index, ObjectNode part) {
        ObjectNode indexed = Json.mapper().createObjectNode().put("index", index);
        indexed.setAll(part);
        ObjectNode delta = Json.mapper().createObjectNode();
        delta.put("id", messageId);
        delta.put("object", Message.DELTA_OBJECT);
        delta.putObject("delta").putArray("content").add(indexed);
        return PublicJson.of(delta);
    }
}
