package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An index in OpenSearch that all processes and all stores share. */
public final class OpenSearchIndex implements ChunkIndex {

    /** The number of stores whose indexed file versions are cached. */
    private static final int OPEN = 64;

    private final OpenSearchClient client;
    private final OpenSearchSchema schema;
    private final IndexCache<OpenSearchStore> stores;

    /**
     * Creates the client of an index; the index itself is created when it is first needed.
     *
     * @param authorization the value of the Authorization header
     * @param name the name of the index, which several installations must not share
     * @param shards the number of shards among which the stores are distributed
     */
    public OpenSearchIndex(URI url, Optional<String> authorization, String name, int shards) {
        this.client = new OpenSearchClient(url, authorization);
        this.schema = new OpenSearchSchema(client, name, shards);
        this.stores =
                new IndexCache<>(OPEN, id -> new OpenSearchStore(client, schema, id), store -> {});
    }

    @Override
    public <T> T with(String storeId, Work<T> work) throws IOException {
        return stores.with(
                storeId,
                store -> {
                    try {
                        store.readStaysIfTheyChanged();
                        return work.on(store);
                    } catch (OpenSearchClient.Refused e) {
                        schema.forget();
                        throw e;
                    }
                });
    }

    @Override
    public List<String> stores(String after, int most) throws IOException {
        List<String> found = new ArrayList<>();
        try {
            JsonNode answer = client.ask("/" + schema.alias() + "/_search", eachStore(after, most));
            for (JsonNode each : answer.path("aggregations").path("stores").path("buckets")) {
                found.add(each.path("key").path(OpenSearchSchema.STORE).asText());
            }
        } catch (OpenSearchClient.Refused e) {
            if (!e.is(OpenSearchSchema.LOST)) {
                throw e;
            }
        }
        return found;
    }

    private static Map<String, Object> eachStore(String after, int most) {
        Map<String, Object> field = Map.of("terms", Map.of("field", OpenSearchSchema.STORE));
        return Map.of(
                "size",
                0,
                "track_total_hits",
                false,
                "aggs",
                Map.of(
                        "stores",
                        Map.of(
                                "composite",
                                Map.of(
                                        "size", most,
                                        "sources", List.of(Map.of(OpenSearchSchema.STORE, field)),
                                        "after", Map.of(OpenSearchSchema.STORE, after)))));
    }

    @Override
    public void drop(String storeId) throws IOException {
        stores.closed(storeId, () -> new OpenSearchStore(client, schema, storeId).removeAll());
    }

    @Override
    public void close() throws IOException {
        stores.close();
        client.close();
    }
}
