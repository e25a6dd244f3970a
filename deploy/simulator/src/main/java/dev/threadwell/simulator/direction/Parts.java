package dev.threadwell.simulator.direction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Directions that were given ahead, for conversations whose messages must not carry one. */
public final class Parts {
    private static final int MOST = 1_000;

    private final List<Part> parts;

    private Parts(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * @param heard texts of which each is in the last user message or in a system message
     */
    private record Part(List<String> heard, Direction direction) {

        boolean isFor(ChatRequest request) {
            return heard.stream().allMatch(text -> hears(request, text));
        }

        private static boolean hears(ChatRequest request, String text) {
            return request.lastUserText().contains(text)
                    || request.systemTexts().stream().anyMatch(system -> system.contains(text));
        }
    }

    public static Parts none() {
        return new Parts(List.of());
    }

    /** Reads a list of objects with {@code heard} and {@code direction}. */
    public static Parts read(JsonNode nodes) {
        if (!nodes.isArray() || nodes.size() > MOST) {
            throw DirectionFields.refused("the parts must be a list, of " + MOST + " at most.");
        }
        var parts = new ArrayList<Part>();
        for (int i = 0; i < nodes.size(); i++) {
            parts.add(part(nodes.get(i), "[" + i + "]"));
        }
        return new Parts(List.copyOf(parts));
    }

    private static Part part(JsonNode node, String path) {
        var fields = new DirectionFields(node, path);
        List<String> heard = heard(fields);
        JsonNode direction = fields.any("direction");
        fields.nothingElse();
        if (direction == null) {
            throw DirectionFields.refused("'" + fields.path("direction") + "' is missing.");
        }
        return new Part(heard, DirectionReader.read(direction));
    }

    private static List<String> heard(DirectionFields fields) {
        var heard = new ArrayList<String>();
        JsonNode texts = fields.any("heard");
        if (texts != null && texts.isArray()) {
            texts.forEach(text -> heard.add(text.asText()));
        }
        if (heard.isEmpty()) {
            throw DirectionFields.refused(
                    "'" + fields.path("heard") + "' must be a list with at least one text.");
        }
        return List.copyOf(heard);
    }

    /** The direction of the first part whose texts were heard. */
    Optional<Direction> in(ChatRequest request) {
        return parts.stream().filter(part -> part.isFor(request)).map(Part::direction).findFirst();
    }
}
