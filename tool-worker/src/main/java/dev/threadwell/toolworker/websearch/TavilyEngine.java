package dev.threadwell.toolworker.websearch;

import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The search API of Tavily. */
final class TavilyEngine implements SearchEngine {

    private final EngineClient client;
    private final URI address;

    TavilyEngine(EngineClient client, URI baseUrl) {
        this.client = client;
        this.address = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/search");
    }

    @Override
    public Uni<List<Hit>> search(Query query) {
        return client.json(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                Json.bytes(body(query)))))
                .map(Hit::ofResults);
    }

    private static Map<String, Object> body(Query query) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query.text());
        body.put("search_depth", "basic");
        body.put("max_results", query.results());
        if (!query.domains().allowed().isEmpty()) {
            body.put("include_domains", query.domains().allowed());
        }
        if (!query.domains().blocked().isEmpty()) {
            body.put("exclude_domains", query.domains().blocked());
        }
        return body;
    }
}
