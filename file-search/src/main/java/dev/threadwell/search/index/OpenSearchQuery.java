package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds queries for one store's part of the shared index.
 *
 * @param terms the distinct terms of the query
 * @param only the file versions to search; null for all
 */
record OpenSearchQuery(String storeId, List<String> terms, @Nullable Set<Long> only) {

    /**
     * The average length of a chunk in the store, and the rarities of those of the terms that
     * occur.
     */
    record Statistics(double length, Map<String, Double> rarities) {

        double best() {
            return rarities.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Queries the statistics of this store; OpenSearch's own cover all stores of the index. */
    Map<String, Object> statistics() {
        List<Object> each = terms.stream().map(term -> (Object) having(term)).toList();
        return Map.of(
                "size",
                0,
                "track_total_hits",
                false,
                "query",
                Map.of(
                        "bool",
                        Map.of("filter", OpenSearchSchema.only(storeId, OpenSearchSchema.A_CHUNK))),
                "aggs",
                Map.of(
                        "length", Map.of("stats", Map.of("field", OpenSearchSchema.LENGTH)),
                        "terms", Map.of("filters", Map.of("filters", each))));
    }

    private static Map<String, Object> having(String term) {
        return Map.of("term", Map.of(OpenSearchSchema.TERMS, term));
    }

    Statistics statistics(JsonNode answer) {
        JsonNode length = answer.path("aggregations").path("length");
        JsonNode having = answer.path("aggregations").path("terms").path("buckets");
        Map<String, Double> rarities = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            long count = having.path(i).path("doc_count").asLong();
            if (count > 0) {
                rarities.put(terms.get(i), Terms.rarity(length.path("count").asLong(), count));
            }
        }
        return new Statistics(length.path("avg").asDouble(), rarities);
    }

    /** Queries the chunks with the highest BM25 score, computed with the store's own statistics. */
    Map<String, Object> byWords(Statistics statistics, int most) {
        List<Object> filter =
                new ArrayList<>(OpenSearchSchema.only(storeId, OpenSearchSchema.A_CHUNK));
        allowed(filter);
        List<Object> any = new ArrayList<>();
        statistics
                .rarities()
                .forEach((term, rarity) -> any.add(weighed(term, statistics.length(), rarity)));
        return hits(
                most,
                Map.of("bool", Map.of("filter", filter, "should", any, "minimum_should_match", 1)));
    }

    private static Map<String, Object> weighed(String term, double length, double rarity) {
        Map<String, Object> asked =
                Map.of(OpenSearchSchema.TERMS, Map.of("value", term, "boost", length));
        return Map.of(
                "function_score",
                Map.of(
                        "query", Map.of("term", asked),
                        "functions", List.of(Map.of("weight", rarity))));
    }

    /** Queries the nearest windows. */
    Map<String, Object> byMeaning(String field, float[] vector, int most) {
        List<Object> filter = new ArrayList<>();
        filter.add(Map.of("term", Map.of(OpenSearchSchema.STORE, storeId)));
        allowed(filter);
        return hits(
                most,
                Map.of(
                        "knn",
                        Map.of(
                                field,
                                Map.of(
                                        "vector", vector,
                                        "k", most,
                                        "filter", Map.of("bool", Map.of("filter", filter))))));
    }

    private void allowed(List<Object> filter) {
        if (only != null) {
            filter.add(Map.of("terms", Map.of(OpenSearchSchema.FILE_VERSION, only)));
        }
    }

    private static Map<String, Object> hits(int most, Map<String, Object> query) {
        return Map.of(
                "size",
                most,
                "track_total_hits",
                false,
                "stored_fields",
                "_none_",
                "docvalue_fields",
                List.of(OpenSearchSchema.FILE_VERSION, OpenSearchSchema.N),
                "query",
                query);
    }

    /** Several queries as the body of one multi-search request. */
    byte[] together(List<Map<String, Object>> bodies) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Map<String, Object> body : bodies) {
            lines.write(Json.bytes(Map.of("routing", storeId)));
            lines.write('\n');
            lines.write(Json.bytes(body));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
