package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A vector store as its owner sees it. */
public record ClientStore(Http http, String id, List<String> files) {

    public String path() {
        return "/v1/vector_stores/" + id;
    }

    /** Waits until the store says so. */
    public ClientStore becomes(String status) {
        Eventually.holds(
                id + " becomes " + status,
                () -> assertThat(http.get(path()).ok().path("status").asText()).isEqualTo(status));
        return this;
    }

    /** How many files are in which status. */
    public ClientStore counts(int completed, int failed) {
        JsonNode counts = http.get(path()).ok().path("file_counts");
        assertThat(counts.path("completed").asInt()).isEqualTo(completed);
        assertThat(counts.path("failed").asInt()).isEqualTo(failed);
        assertThat(counts.path("total").asInt()).isEqualTo(completed + failed);
        return this;
    }

    /** What a search finds, the best first. */
    public List<JsonNode> finds(String query) {
        return http.post(path() + "/search", Map.of("query", query))
                .ok()
                .path("data")
                .valueStream()
                .toList();
    }

    /** A file of the store, as the store shows it. */
    public JsonNode file(String fileId) {
        return http.get(path() + "/files/" + fileId).ok();
    }

    /** The text of a file, as it was read. */
    public String text(String fileId) {
        return http.get(path() + "/files/" + fileId + "/content").ok().at("/data/0/text").asText();
    }
}
