package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the older wire begin with: a client of each version, and files. */
abstract class VersionOneObjects {

    static final String RETRIEVING = "{\"type\":\"retrieval\"}";
    static final String COMPUTING = "{\"type\":\"code_interpreter\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject Pool database;
    @Inject TestWorker worker;

    Api older;
    Api current;

    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-older-" + name).await().indefinitely();
        current = Api.at(base).with("Authorization", "Bearer sk-older-" + name);
        older = current.with("OpenAI-Beta", "assistants=v1");
    }

    String file(String name) {
        return current.form("/v1/files", Multipart.of("assistants", name, "x")).id();
    }

    static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> fileIds(JsonNode object) {
        assertThat(object.path("file_ids").isArray()).as(object.toString()).isTrue();
        return object.path("file_ids").valueStream().map(JsonNode::asText).toList();
    }

    static List<String> codeFiles(JsonNode object) {
        return object.at("/tool_resources/code_interpreter/file_ids")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    List<String> searchFiles(JsonNode object) {
        String store = object.at("/tool_resources/file_search/vector_store_ids/0").asText();
        return current.get("/v1/vector_stores/" + store + "/files?order=asc")
                .json()
                .path("data")
                .valueStream()
                .map(file -> file.path("id").asText())
                .toList();
    }

    Api.Answer assistant(String tools, String... files) {
        return older.post(
                "/v1/assistants",
                "{\"model\":\"gpt-4-turbo\",\"tools\":[%s],\"file_ids\":[%s]}"
                        .formatted(tools, quoted(files)));
    }

    static String quoted(String... values) {
        return String.join(",", Stream.of(values).map(v -> "\"" + v + "\"").toList());
    }

    long facts(String... ids) {
        return database.preparedQuery("select count(*) from v1_files where id = any($1)")
                .execute(Tuple.of(ids))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
