package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that come with messages, and what becomes of them in the thread. */
@QuarkusTest
class AttachmentTest {

    static final String FILE_SEARCH = "{\"type\":\"file_search\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;

    private Api api;
    private Stores stores;

    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-attached-" + name).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-attached-" + name);
        stores = new Stores(api);
    }

    /** A message that brings this file along. */
    static String question(String file, String tools) {
        return """
        {"role":"user","content":"What do they say?",
         "attachments":[{"file_id":"%s","tools":[%s]}]}"""
                .formatted(file, tools);
    }

    /** The store that an object has. */
    static String storeOf(JsonNode object) {
        return object.at("/tool_resources/file_search/vector_store_ids/0").asText();
    }

    private Api.Answer thread(String id) {
        return api.get("/v1/threads/" + id);
    }

    @Test
    void anAttachmentGivesTheThreadAStore() {
        String thread = api.thread();
        String messages = "/v1/threads/" + thread + "/messages";
        JsonNode message = api.post(messages, question(stores.file("a.txt"), FILE_SEARCH)).json();
        String store = storeOf(thread(thread).json());

        assertThat(message.at("/attachments/0/tools/0/type").asText()).isEqualTo("file_search");
        assertThat(stores.get(store).at("/file_counts/in_progress").asInt()).isOne();
        assertThat(stores.get(store).at("/expires_after/days").asInt()).isEqualTo(7);
        api.post(messages, question(stores.file("b.txt"), FILE_SEARCH)).id();
        assertThat(storeOf(thread(thread).json())).isEqualTo(store);
        assertThat(stores.get(store).at("/file_counts/in_progress").asInt()).isEqualTo(2);
    }

    @Test
    void attachmentsThatComeAtOnceGoIntoOneStore() {
        String thread = api.thread();
        List<String> files =
                Stream.of("a.txt", "b.txt", "c.txt", "d.txt").map(stores::file).toList();
        files.stream()
                .map(
                        file ->
                                api.sendAsync(
                                        "POST",
                                        "/v1/threads/" + thread + "/messages",
                                        question(file, FILE_SEARCH)))
                .toList()
                .forEach(CompletableFuture::join);

        String store = storeOf(thread(thread).json());
        assertThat(stores.get(store).at("/file_counts/total").asInt()).isEqualTo(4);
        assertThat(api.get("/v1/vector_stores").json().path("data")).hasSize(1);
    }

    @Test
    void anAttachmentForTheCodeInterpreterIsAddedToTheThreadsFiles() {
        String first = stores.file("a.csv");
        String second = stores.file("b.csv");
        String thread =
                api.post(
                                "/v1/threads",
                                "{\"messages\":["
                                        + question(first, "{\"type\":\"code_interpreter\"}")
                                        + "]}")
                        .id();
        api.post(
                        "/v1/threads/" + thread + "/messages",
                        question(second, "{\"type\":\"code_interpreter\"}"))
                .id();
        assertThat(thread(thread).json().path("tool_resources").toString())
                .isEqualTo(
                        "{\"code_interpreter\":{\"file_ids\":[\"%s\",\"%s\"]}}"
                                .formatted(first, second));
    }

    @Test
    void additionalMessagesOfARunBringTheirFilesAlong() {
        String thread = api.thread();
        api.post(
                        "/v1/threads/" + thread + "/runs",
                        """
                        {"assistant_id":"%s","additional_messages":[%s]}"""
                                .formatted(
                                        api.assistant(),
                                        question(stores.file("a.txt"), FILE_SEARCH)))
                .id();
        assertThat(stores.get(storeOf(thread(thread).json())).at("/file_counts/total").asInt())
                .isOne();
    }
}
