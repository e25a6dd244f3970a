package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** The files and the vector stores of a project. */
record Stores(Api api) {

    static final String STORES = "/v1/vector_stores";

    String file(String name) {
        return api.form("/v1/files", Multipart.of("assistants", name, "x")).id();
    }

    String store(String... files) {
        return api.post(STORES, "{\"file_ids\":[%s]}".formatted(quoted(files))).id();
    }

    JsonNode get(String store) {
        return api.get(STORES + "/" + store).json();
    }

    JsonNode counts(String store) {
        return get(store).path("file_counts");
    }

    Api.Answer add(String store, String file) {
        return api.post(STORES + "/" + store + "/files", "{\"file_id\":\"" + file + "\"}");
    }

    static String quoted(String... texts) {
        return String.join(",", Stream.of(texts).map(t -> "\"" + t + "\"").toList());
    }

    static List<String> ids(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("data").valueStream().map(i -> i.path("id").asText()).toList();
    }
}
