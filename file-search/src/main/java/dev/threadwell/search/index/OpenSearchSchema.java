package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schema of the index that all stores share: one document per window of a chunk, of which the
 * first also contains the chunk's words, and one per file version whose chunks are all indexed.
 */
final class OpenSearchSchema {

    static final String STORE = "store";
    static final String KIND = "kind";
    static final String FILE_VERSION = "stay";
    static final String N = "n";
    static final String TERMS = "terms";
    static final String LENGTH = "length";
    static final String MARK = "mark";

    static final String A_FILE_VERSION = "stay";
    static final String A_CHUNK = "chunk";
    static final String A_WINDOW = "window";

    /** The error type for a missing index. */
    static final String LOST = "index_not_found_exception";

    /** The version of the schema; each version uses its own index. */
    private static final String VERSION = "-v1";

    /**
     * BM25 without OpenSearch's own statistics, which cover all stores. The query multiplies by the
     * term's rarity in its store and passes the average length of a chunk there as the term's
     * boost.
     */
    private static final String SCORE =
            "return doc.freq / (doc.freq + %s * (1 - %s + %s * doc.length / query.boost));"
                    .formatted(Terms.SATURATION, Terms.LENGTH_COUNTS, Terms.LENGTH_COUNTS);

    private static final String MADE = "-made-";

    private final OpenSearchClient client;
    private final String alias;
    private final int shards;

    /** The vector fields that this process knows to exist. */
    private final Set<String> fields = ConcurrentHashMap.newKeySet();

    OpenSearchSchema(OpenSearchClient client, String name, int shards) {
        this.client = client;
        this.alias = name + VERSION;
        this.shards = shards;
    }

    /** The path of a request that is routed to the shard of one store. */
    String path(String what, String storeId) {
        return "/" + alias + "/" + what + "?routing=" + storeId;
    }

    String alias() {
        return alias;
    }

    /** Creates the index, unless another process was faster. */
    void create() throws IOException {
        forget();
        try {
            client.put(
                    "/" + alias + "-index",
                    Map.of(
                            "aliases",
                                    Map.of(
                                            alias,
                                            Map.of(),
                                            alias + MADE + UUID.randomUUID(),
                                            Map.of()),
                            "settings", Map.of("index", settings()),
                            "mappings", mappings()));
        } catch (OpenSearchClient.Refused e) {
            if (!e.is("resource_already_exists_exception")) {
                throw e;
            }
        }
    }

    /**
     * The alias to write to, which is unique to this instance of the index. Writes meant for a lost
     * index then fail, instead of creating a new index or going into one that was created since.
     */
    String target() throws IOException {
        JsonNode aliases =
                client.get("/" + alias + "/_alias").path(alias + "-index").path("aliases");
        for (Map.Entry<String, JsonNode> each : aliases.properties()) {
            if (each.getKey().startsWith(alias + MADE)) {
                return each.getKey();
            }
        }
        throw new IOException("an index that somebody else has made: " + alias);
    }

    private Map<String, Object> settings() {
        return Map.of(
                "number_of_shards",
                shards,
                "auto_expand_replicas",
                "0-1",
                // No automatic refresh: the process that has filled a store refreshes it.
                "refresh_interval",
                "-1",
                "knn",
                true,
                "similarity",
                Map.of(
                        "of_the_store",
                        Map.of("type", "scripted", "script", Map.of("source", SCORE))));
    }

    private static Map<String, Object> mappings() {
        return Map.of(
                "dynamic", "strict",
                "_source", Map.of("enabled", false),
                "_routing", Map.of("required", true),
                "properties",
                        Map.of(
                                STORE, Map.of("type", "keyword"),
                                KIND, Map.of("type", "keyword"),
                                FILE_VERSION, Map.of("type", "long"),
                                N, Map.of("type", "integer", "index", false),
                                LENGTH, Map.of("type", "integer", "index", false),
                                MARK, Map.of("type", "long", "index", false),
                                TERMS,
                                        Map.of(
                                                "type", "text",
                                                "analyzer", "whitespace",
                                                "index_options", "freqs",
                                                "similarity", "of_the_store")));
    }

    /** The field for vectors like these; it is created if it is missing. */
    String field(Vectors vectors) throws IOException {
        int size = vectors.windows().getFirst().length;
        String field = "meaning_" + size + "_" + letters(vectors.model());
        if (!fields.contains(field)) {
            client.put("/" + alias + "/_mapping", Map.of("properties", Map.of(field, knn(size))));
            fields.add(field);
        }
        return field;
    }

    private static Map<String, Object> knn(int size) {
        return Map.of(
                "type",
                "knn_vector",
                "dimension",
                size,
                "method",
                Map.of(
                        "name", "hnsw",
                        "engine", "lucene",
                        // The inner product of unit vectors is their cosine.
                        "space_type", "innerproduct"));
    }

    /**
     * Encodes a model's name as a field name: the underscore and characters that field names must
     * not contain become their character codes.
     */
    private static String letters(String model) {
        StringBuilder letters = new StringBuilder();
        model.chars()
                .forEach(
                        c -> {
                            if (c < 128 && Character.isLetterOrDigit(c) || c == '-') {
                                letters.append((char) c);
                            } else {
                                letters.append('_').append(Integer.toHexString(c)).append('_');
                            }
                        });
        return letters.toString();
    }

    /** Forgets the known fields, because another process may have recreated the index. */
    void forget() {
        fields.clear();
    }

    /** A filter for documents of one kind of one store. */
    static List<Object> only(String storeId, String kind) {
        return List.of(Map.of("term", Map.of(STORE, storeId)), Map.of("term", Map.of(KIND, kind)));
    }
}
