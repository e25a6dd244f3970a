package dev.threadwell.toolworker.filesearch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Parses the queries of a model's tool call: one or several. */
final class SearchQueries {

    private static final int MAX_QUERIES = 10;
    private static final int MAX_LENGTH = 4_096;

    private SearchQueries() {}

    /** The queries; empty if the arguments cannot be parsed. */
    static List<String> of(String arguments) {
        return json(arguments).stream()
                .flatMap(
                        said ->
                                Stream.concat(
                                        texts(said.path("queries")), texts(said.path("query"))))
                .map(String::strip)
                .filter(query -> !query.isEmpty())
                .map(query -> query.substring(0, Math.min(MAX_LENGTH, query.length())))
                .distinct()
                .limit(MAX_QUERIES)
                .toList();
    }

    private static Optional<JsonNode> json(String arguments) {
        try {
            return Optional.of(Json.mapper().readTree(arguments));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> texts(JsonNode said) {
        return said.isArray()
                ? said.valueStream().filter(JsonNode::isTextual).map(JsonNode::textValue)
                : Stream.of(said).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
