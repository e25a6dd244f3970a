package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store's part of the shared index. Several processes may fill it concurrently: every document
 * has a fixed id, so that repeated additions are idempotent, and a file version is marked as
 * indexed only after all its chunks.
 */
final class OpenSearchStore implements ChunkIndex.OfStore {

    private static final Terms ANALYZER = new Terms();

    /** The size at which buffered lines are sent. */
    private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

    /** The number of best hits by meaning and of best hits by words that are ranked together. */
    private static final int CANDIDATES = 200;

    private final OpenSearchClient client;
    private final OpenSearchSchema schema;
    private final String storeId;
    private final Lock filling = new ReentrantLock();

    /** Lines that are not sent yet; guarded by the filling lock. */
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    /**
     * The file versions whose chunks are all sent or buffered, but that are not marked as indexed
     * yet.
     */
    private final List<Long> unmarked = new ArrayList<>();

    /** The alias that is written to until the next refresh. */
    private @Nullable String target;

    private volatile IndexedVersions fileVersions = IndexedVersions.of(Set.of());

    OpenSearchStore(OpenSearchClient client, OpenSearchSchema schema, String storeId) {
        this.client = client;
        this.schema = schema;
        this.storeId = storeId;
    }

    /**
     * Rereads the indexed file versions if they have changed, because other processes fill the
     * index, too, and it can be lost. Creates a lost index.
     */
    void readStaysIfTheyChanged() throws IOException {
        try {
            if (!fileVersions.areIn(client, schema, storeId)) {
                schema.forget();
                fileVersions = IndexedVersions.read(client, schema, storeId);
            }
        } catch (OpenSearchClient.Refused e) {
            if (!e.is(OpenSearchSchema.LOST)) {
                throw e;
            }
            schema.create();
            fileVersions = IndexedVersions.of(Set.of());
        }
    }

    @Override
    public Lock filling() {
        return filling;
    }

    @Override
    public Set<Long> fileVersions() {
        return fileVersions.all();
    }

    @Override
    public void put(long fileVersion, List<Searchable> chunks) throws IOException {
        if (target == null) {
            target = schema.target();
        }
        for (Searchable chunk : chunks) {
            put(chunk);
            if (lines.size() >= BYTES_AT_ONCE) {
                send();
            }
        }
        unmarked.add(fileVersion);
    }

    private void put(Searchable chunk) throws IOException {
        List<String> words = ANALYZER.all(chunk.text());
        Map<String, Object> first = document(chunk, OpenSearchSchema.A_CHUNK);
        if (!words.isEmpty()) {
            first.put(OpenSearchSchema.TERMS, String.join(" ", words));
            first.put(OpenSearchSchema.LENGTH, words.size());
        }
        Vectors vectors = chunk.vectors();
        int windows = vectors == null ? 1 : vectors.windows().size();
        for (int w = 0; w < windows; w++) {
            Map<String, Object> window =
                    w == 0 ? first : document(chunk, OpenSearchSchema.A_WINDOW);
            if (vectors != null) {
                window.put(schema.field(vectors), Vectors.unit(vectors.windows().get(w)));
            }
            line(storeId + ":" + chunk.fileVersion() + ":" + chunk.n() + ":" + w, window);
        }
    }

    private Map<String, Object> document(Searchable chunk, String kind) {
        Map<String, Object> document = document(chunk.fileVersion(), kind);
        document.put(OpenSearchSchema.N, chunk.n());
        return document;
    }

    private Map<String, Object> document(long fileVersion, String kind) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(OpenSearchSchema.STORE, storeId);
        document.put(OpenSearchSchema.KIND, kind);
        document.put(OpenSearchSchema.FILE_VERSION, fileVersion);
        return document;
    }

    private void line(String id, Map<String, Object> document) {
        lines.writeBytes(Json.bytes(Map.of("index", Map.of("_id", id))));
        lines.write('\n');
        lines.writeBytes(Json.bytes(document));
        lines.write('\n');
    }

    /**
     * Sends the buffer. Marks of file versions whose chunks are now sent are buffered and go along
     * with the next request.
     */
    private void send() throws IOException {
        byte[] sent = lines.toByteArray();
        lines.reset();
        try {
            if (sent.length > 0) {
                client.postTogether(
                        "/" + target + "/_bulk?require_alias=true&routing=" + storeId, sent);
            }
        } catch (IOException e) {
            unmarked.clear();
            throw e;
        }
        for (long fileVersion : unmarked) {
            Map<String, Object> mark = document(fileVersion, OpenSearchSchema.A_FILE_VERSION);
            mark.put(OpenSearchSchema.MARK, IndexedVersions.mark(fileVersion));
            line(storeId + ":" + fileVersion, mark);
        }
        unmarked.clear();
    }

    @Override
    public void remove(Collection<Long> gone) throws IOException {
        if (!gone.isEmpty()) {
            delete(
                    List.of(
                            Map.of("term", Map.of(OpenSearchSchema.STORE, storeId)),
                            Map.of("terms", Map.of(OpenSearchSchema.FILE_VERSION, gone))));
        }
    }

    void removeAll() throws IOException {
        delete(List.of(Map.of("term", Map.of(OpenSearchSchema.STORE, storeId))));
    }

    /**
     * Ignores conflicts with documents that another process writes meanwhile; the next
     * synchronization removes them.
     */
    private void delete(List<Object> which) throws IOException {
        client.post(
                here("_delete_by_query") + "&refresh=true&conflicts=proceed",
                Map.of("query", Map.of("bool", Map.of("filter", which))));
    }

    @Override
    public void refresh() throws IOException {
        try {
            send();
            send();
        } finally {
            lines.reset();
            unmarked.clear();
            target = null;
        }
        client.post("/" + schema.alias() + "/_refresh", Map.of());
        fileVersions = IndexedVersions.read(client, schema, storeId);
    }

    @Override
    public List<ChunkIndex.Hit> search(
            String query, @Nullable Vectors meaning, @Nullable Set<Long> only) throws IOException {
        OpenSearchQuery question = new OpenSearchQuery(storeId, ANALYZER.of(query), only);
        Hits hits = new Hits();
        if (question.terms().isEmpty()) {
            if (meaning != null) {
                byMeaning(client.ask(here("_search"), nearest(question, meaning)), hits);
            }
            return hits.all();
        }
        List<Map<String, Object>> together = new ArrayList<>();
        together.add(question.statistics());
        if (meaning != null) {
            together.add(nearest(question, meaning));
        }
        JsonNode answers =
                client.askTogether("/" + schema.alias() + "/_msearch", question.together(together))
                        .path("responses");
        byWords(question, question.statistics(answers.path(0)), hits);
        byMeaning(answers.path(1), hits);
        return hits.all();
    }

    private Map<String, Object> nearest(OpenSearchQuery question, Vectors meaning)
            throws IOException {
        return question.byMeaning(schema.field(meaning), meaning.windows().getFirst(), CANDIDATES);
    }

    private static void byMeaning(JsonNode answer, Hits hits) {
        for (JsonNode hit : answer.path("hits").path("hits")) {
            hits.byMeaning(fileVersion(hit), n(hit), cosine(hit.path("_score").asDouble()));
        }
    }

    private void byWords(OpenSearchQuery question, OpenSearchQuery.Statistics statistics, Hits hits)
            throws IOException {
        if (statistics.rarities().isEmpty()) {
            return;
        }
        JsonNode answer = client.ask(here("_search"), question.byWords(statistics, CANDIDATES));
        for (JsonNode hit : answer.path("hits").path("hits")) {
            hits.byWords(
                    fileVersion(hit), n(hit), hit.path("_score").asDouble() / statistics.best());
        }
    }

    private String here(String what) {
        return schema.path(what, storeId);
    }

    private static long fileVersion(JsonNode hit) {
        return hit.path("fields").path(OpenSearchSchema.FILE_VERSION).path(0).asLong();
    }

    private static int n(JsonNode hit) {
        return hit.path("fields").path(OpenSearchSchema.N).path(0).asInt();
    }

    /**
     * The cosine: reverses OpenSearch's mapping of the inner product to a score that is never
     * negative.
     */
    private static double cosine(double score) {
        return score < 1 ? 1 - 1 / score : score - 1;
    }
}
