package dev.threadwell.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.thread.UrlCitation;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the citations of web pages in a text by Markdown links, because v1 has no annotation for
 * them. The positions of the other annotations move along.
 */
final class WebLinks {

    private static final String ANNOTATIONS = "annotations";
    private static final String VALUE = "value";

    private WebLinks() {}

    /** A replaced marker: where it began, and by how many code points its link is longer. */
    private record Replaced(int start, int growth) {}

    /** The text of a message's part, or of a delta of it, without citations of web pages. */
    static JsonNode of(JsonNode text) {
        if (!(text instanceof ObjectNode given)
                || text.path(ANNOTATIONS).valueStream().noneMatch(WebLinks::isOfAPage)) {
            return text;
        }
        List<Replaced> replaced = new ArrayList<>();
        ObjectNode linked = given.deepCopy();
        linked.put(VALUE, linked(given, replaced));
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        for (JsonNode annotation : given.path(ANNOTATIONS)) {
            if (!isOfAPage(annotation)) {
                others.add(moved(annotation, replaced));
            }
        }
        linked.set(ANNOTATIONS, others);
        return linked;
    }

    private static boolean isOfAPage(JsonNode annotation) {
        return annotation.path("type").asText().equals(UrlCitation.TYPE);
    }

    /** The value with links; annotations are in the order of the text. */
    private static String linked(ObjectNode text, List<Replaced> replaced) {
        String value = text.path(VALUE).asText();
        StringBuilder linked = new StringBuilder();
        int from = 0;
        for (JsonNode annotation : text.path(ANNOTATIONS)) {
            String marker = annotation.path("text").asText();
            int at = value.indexOf(marker, from);
            if (isOfAPage(annotation) && at >= 0 && !marker.isEmpty()) {
                JsonNode page = annotation.path(UrlCitation.TYPE);
                String link =
                        new UrlCitation(page.path("url").asText(), page.path("title").asText())
                                .link();
                linked.append(value, from, at).append(link);
                from = at + marker.length();
                replaced.add(
                        new Replaced(
                                annotation.path("start_index").asInt(),
                                length(link) - length(marker)));
            }
        }
        return linked.append(value, from, value.length()).toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static JsonNode moved(JsonNode annotation, List<Replaced> replaced) {
        if (!(annotation instanceof ObjectNode given) || !given.has("start_index")) {
            return annotation;
        }
        int start = given.path("start_index").asInt();
        int growth =
                replaced.stream()
                        .filter(one -> one.start() < start)
                        .mapToInt(Replaced::growth)
                        .sum();
        return given.deepCopy()
                .put("start_index", start + growth)
                .put("end_index", given.path("end_index").asInt() + growth);
    }
}
