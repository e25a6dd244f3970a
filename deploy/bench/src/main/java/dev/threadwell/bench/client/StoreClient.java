package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Client for the parts of the files and vector stores APIs that the benchmark uses. */
public final class StoreClient {

    private static final String BOUNDARY = "threadwell-bench";

    private final Http http;

    public StoreClient(Vertx vertx, Target target) {
        String key = "Bearer " + target.apiKey();
        this.http = new Http(vertx, target.baseUrl(), Map.of("authorization", key));
    }

    /** Uploads a file for assistants; returns its id. */
    public Future<String> upload(String filename, String text) {
        String form =
                """
                --%1$s\r
                Content-Disposition: form-data; name="purpose"\r
                \r
                assistants\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="%2$s"\r
                Content-Type: text/plain\r
                \r
                %3$s\r
                --%1$s--\r
                """
                        .formatted(BOUNDARY, filename, text);
        return http.form("/files", BOUNDARY, Buffer.buffer(form))
                .map(answer -> answer.body().getString("id"));
    }

    /** Creates a store with these files; returns its id. */
    public Future<String> create(List<String> files) {
        return http.post("/vector_stores", new JsonObject().put("file_ids", new JsonArray(files)))
                .map(answer -> answer.body().getString("id"));
    }

    /** The current state of the store. */
    public Future<JsonObject> store(String id) {
        return http.get("/vector_stores/" + id, Map.of()).map(Http.Answer::body);
    }

    /** The names of the files that match a query, the best first. */
    public Future<List<String>> search(String store, String query) {
        return http.post(
                        "/vector_stores/" + store + "/search", new JsonObject().put("query", query))
                .map(
                        answer ->
                                answer.body().getJsonArray("data").stream()
                                        .map(found -> ((JsonObject) found).getString("filename"))
                                        .toList());
    }
}
