package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file versions of a store that are indexed.
 *
 * @param marks the sum of their hashes, a checksum that detects a changed set
 */
record IndexedVersions(Set<Long> all, long marks) {

    private static final int AT_ONCE = 10_000;

    static IndexedVersions of(Set<Long> all) {
        return new IndexedVersions(
                Set.copyOf(all), all.stream().mapToLong(IndexedVersions::mark).sum());
    }

    /**
     * A pseudo-random hash below 2^31: small enough for exact sums in OpenSearch, and random enough
     * that the sums of different sets practically never agree.
     */
    static long mark(long fileVersion) {
        long mixed = (fileVersion + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) >>> 33;
    }

    /** Whether exactly these file versions are visible to searches in the index. */
    boolean areIn(OpenSearchClient client, OpenSearchSchema schema, String storeId)
            throws IOException {
        Map<String, Object> body =
                Map.of(
                        "size",
                        0,
                        "track_total_hits",
                        true,
                        "query",
                        Map.of("bool", Map.of("filter", fileVersions(storeId))),
                        "aggs",
                        Map.of("marks", Map.of("sum", Map.of("field", OpenSearchSchema.MARK))));
        JsonNode answer = client.ask(schema.path("_search", storeId), body);
        return answer.path("hits").path("total").path("value").asLong() == all.size()
                && answer.path("aggregations").path("marks").path("value").asLong() == marks;
    }

    /** Reads the file versions that are visible to searches. */
    static IndexedVersions read(OpenSearchClient client, OpenSearchSchema schema, String storeId)
            throws IOException {
        Set<Long> found = new HashSet<>();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("size", AT_ONCE);
        body.put("track_total_hits", false);
        body.put("stored_fields", "_none_");
        body.put("docvalue_fields", List.of(OpenSearchSchema.FILE_VERSION));
        body.put("query", Map.of("bool", Map.of("filter", fileVersions(storeId))));
        body.put("sort", List.of(Map.of(OpenSearchSchema.FILE_VERSION, "asc")));
        JsonNode page;
        do {
            page = client.ask(schema.path("_search", storeId), body).path("hits").path("hits");
            for (JsonNode hit : page) {
                long fileVersion =
                        hit.path("fields").path(OpenSearchSchema.FILE_VERSION).path(0).asLong();
                found.add(fileVersion);
                body.put("search_after", List.of(fileVersion));
            }
        } while (page.size() == AT_ONCE);
        return of(found);
    }

    private static List<Object> fileVersions(String storeId) {
        return OpenSearchSchema.only(storeId, OpenSearchSchema.A_FILE_VERSION);
    }
}
