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
 * The index that all stores share: a document for each window of a chunk, of which the first has
 * the chunk's words too, and one for each stay whose chunks are all in.
 */
final class OpenSearchSchema {

    static final String STORE = "store";
    static final String KIND = "kind";
    static final String STAY = "stay";
    static final String N = "n";
    static final String TERMS = "terms";
    static final String LENGTH = "length";
    static final String MARK = "mark";

    static final String A_STAY = "stay";
    static final String A_CHUNK = "chunk";
    static final String A_WINDOW = "window";

    /** The kind of what is refused because there is no index. */
    static final String LOST = "index_not_found_exception";

    /** Says what this version writes; another one has an index of its own. */
    private static final String VERSION = "-v1";

    /**
     * BM25 without what OpenSearch knows of the texts, for that is of all stores: how rare a term
     * is in its store is multiplied by the query, and how long a text is there on average comes as
     * the term's boost.
     */
    private static final String SCORE =
            "return doc.freq / (doc.freq + %s * (1 - %s + %s * doc.length / query.boost));"
                    .formatted(Terms.SATURATION, Terms.LENGTH_COUNTS, Terms.LENGTH_COUNTS);

    private static final String MADE = "-made-";

    private final OpenSearchClient client;
    private final String alias;
    private final int shards;

    /** The fields for vectors that this process knows to be there. */
    private final Set<String> fields = ConcurrentHashMap.newKeySet();

    OpenSearchSchema(OpenSearchClient client, String name, int shards) {
        this.client = client;
        this.alias = name + VERSION;
        this.shards = shards;
    }

    /** The path of something that is asked of the index, of a store's shard of it. */
    String path(String what, String storeId) {
        return "/" + alias + "/" + what + "?routing=" + storeId;
    }

    String alias() {
        return alias;
    }

    /** Makes the index, unless another process was faster. */
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
     * An alias that only this index has, for what is put in: what belongs to a lost one makes no
     * new one, and does not come into one that was made since.
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
                // Whoever has filled a store makes that seen.
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
                                STAY, Map.of("type", "long"),
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

    /** The field of vectors like these; it is there from now on. */
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
                        // Of vectors of length 1 it is the cosine.
                        "space_type", "innerproduct"));
    }

    /** A name for every model: what no field may be called, and the underscore, as its number. */
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

    /** The index may have been made anew by another process. */
    void forget() {
        fields.clear();
    }

    /** Only what belongs to this store, of this kind. */
    static List<Object> only(String storeId, String kind) {
        return List.of(Map.of("term", Map.of(STORE, storeId)), Map.of("term", Map.of(KIND, kind)));
    }
}
