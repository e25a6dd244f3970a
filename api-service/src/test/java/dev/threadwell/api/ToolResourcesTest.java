package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.store.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files and stores of assistants, threads, runs and messages. */
@QuarkusTest
class ToolResourcesTest {

    private static final String FILE_SEARCH = "{\"type\":\"file_search\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject Pool database;

    private Api api;

    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-tools-" + name).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-tools-" + name);
    }

    private String file(String name) {
        return api.form("/v1/files", Multipart.of("assistants", name, "x")).id();
    }

    private String store() {
        return api.post("/v1/vector_stores", "{}").id();
    }

    private JsonNode storeWith(String id) {
        return api.get("/v1/vector_stores/" + id).json();
    }

    private static String searching(String store) {
        return "{\"file_search\":{\"vector_store_ids\":[\"%s\"]}}".formatted(store);
    }

    private static String storeOf(JsonNode object) {
        return object.at("/tool_resources/file_search/vector_store_ids/0").asText();
    }

    private static String question(String file, String tools) {
        return """
        {"role":"user","content":"What do they say?",
         "attachments":[{"file_id":"%s","tools":[%s]}]}"""
                .formatted(file, tools);
    }

    private Api.Answer thread(String id) {
        return api.get("/v1/threads/" + id);
    }

    @Test
    void aStoreComesAlongWithAnAssistantAndDoesNotExpire() {
        JsonNode assistant =
                api.post(
                                "/v1/assistants",
                                """
                                {"model":"m","tools":[{"type":"file_search"}],"tool_resources":
                                  {"file_search":{"vector_stores":[{"file_ids":["%s"],
                                    "metadata":{"k":"v"}}]}}}"""
                                        .formatted(file("a.txt")))
                        .json();

        assertThat(assistant.path("tool_resources").toString())
                .isEqualTo(searching(storeOf(assistant)));
        JsonNode store = storeWith(storeOf(assistant));
        assertThat(store.at("/file_counts/total").asInt()).isOne();
        assertThat(store.path("expires_after").isNull()).isTrue();
        assertThat(store.at("/metadata/k").asText()).isEqualTo("v");
    }

    @Test
    void aStoreThatComesAlongWithAThreadExpiresInAWeek() {
        JsonNode thread =
                api.post(
                                "/v1/threads",
                                "{\"tool_resources\":{\"file_search\":{\"vector_stores\":[{}]}}}")
                        .json();
        assertThat(storeWith(storeOf(thread)).at("/expires_after/days").asInt()).isEqualTo(7);
        assertThat(thread(thread.path("id").asText()).json().path("tool_resources"))
                .isEqualTo(thread.path("tool_resources"));
    }

    @Test
    void aDeletedStoreIsTakenFromAssistantsAndThreads() {
        String store = store();
        String assistant =
                api.post(
                                "/v1/assistants",
                                "{\"model\":\"m\",\"metadata\":{\"z\":\"1\",\"a\":\"2\"},\"tool_resources\":"
                                        + searching(store)
                                        + "}")
                        .id();
        String thread =
                api.post(
                                "/v1/threads",
                                "{\"tool_resources\":{\"code_interpreter\":{\"file_ids\":[]},\"file_search\":{\"vector_store_ids\":[\"%s\"]}}}"
                                        .formatted(store))
                        .id();
        assertThat(api.delete("/v1/vector_stores/" + store).status()).isEqualTo(200);

        Api.Answer left = api.get("/v1/assistants/" + assistant);
        assertThat(left.json().path("tool_resources").toString())
                .isEqualTo("{\"file_search\":{\"vector_store_ids\":[]}}");
        assertThat(left.body().indexOf("\"z\"")).isLessThan(left.body().indexOf("\"a\""));
        assertThat(thread(thread).json().path("tool_resources").toString())
                .isEqualTo(
                        "{\"code_interpreter\":{\"file_ids\":[]},\"file_search\":{\"vector_store_ids\":[]}}");
    }

    @Test
    void otherToolsAloneLeaveTheResourcesAsTheyAre() {
        String store = store();
        String path =
                "/v1/assistants/"
                        + api.post(
                                        "/v1/assistants",
                                        "{\"model\":\"m\",\"tool_resources\":"
                                                + searching(store)
                                                + "}")
                                .id();
        assertThat(storeOf(api.post(path, "{\"tools\":[" + FILE_SEARCH + "]}").json()))
                .isEqualTo(store);
        String file = file("a.csv");
        JsonNode replaced =
                api.post(
                                path,
                                "{\"tool_resources\":{\"code_interpreter\":{\"file_ids\":[\"%s\"]}}}"
                                        .formatted(file))
                        .json();
        assertThat(replaced.path("tool_resources").toString())
                .isEqualTo("{\"code_interpreter\":{\"file_ids\":[\"%s\"]}}".formatted(file));
    }

    @Test
    void anAttachmentGivesTheThreadAStore() {
        String thread = api.thread();
        String messages = "/v1/threads/" + thread + "/messages";
        JsonNode message = api.post(messages, question(file("a.txt"), FILE_SEARCH)).json();
        String store = storeOf(thread(thread).json());

        assertThat(message.at("/attachments/0/tools/0/type").asText()).isEqualTo("file_search");
        assertThat(storeWith(store).at("/file_counts/in_progress").asInt()).isOne();
        assertThat(storeWith(store).at("/expires_after/days").asInt()).isEqualTo(7);
        api.post(messages, question(file("b.txt"), FILE_SEARCH)).id();
        assertThat(storeOf(thread(thread).json())).isEqualTo(store);
        assertThat(storeWith(store).at("/file_counts/in_progress").asInt()).isEqualTo(2);
    }

    @Test
    void attachmentsThatComeAtOnceGoIntoOneStore() {
        String thread = api.thread();
        List<String> files = Stream.of("a.txt", "b.txt", "c.txt", "d.txt").map(this::file).toList();
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
        assertThat(storeWith(store).at("/file_counts/total").asInt()).isEqualTo(4);
        assertThat(api.get("/v1/vector_stores").json().path("data")).hasSize(1);
    }

    @Test
    void anAttachmentForTheCodeInterpreterIsAddedToTheThreadsFiles() {
        String first = file("a.csv");
        String second = file("b.csv");
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
                                .formatted(api.assistant(), question(file("a.txt"), FILE_SEARCH)))
                .id();
        assertThat(storeWith(storeOf(thread(thread).json())).at("/file_counts/total").asInt())
                .isOne();
    }

    @Test
    void aRunWithItsThreadHasItsOwnResources() {
        String store = store();
        JsonNode run =
                api.post(
                                "/v1/threads/runs",
                                """
                                {"assistant_id":"%s","tool_resources":%s,
                                 "thread":{"messages":[%s]}}"""
                                        .formatted(
                                                api.assistant(),
                                                searching(store),
                                                question(file("a.txt"), FILE_SEARCH)))
                        .json();
        assertThat(storeOf(run)).isEqualTo(store);
        String ofThread = storeOf(thread(run.path("thread_id").asText()).json());
        assertThat(ofThread).startsWith("vs_").isNotEqualTo(store);
    }

    @Test
    void anExpiredStoreTakesNoRunAndNoFile() {
        String store =
                api.post(
                                "/v1/vector_stores",
                                "{\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":1}}")
                        .id();
        String assistant =
                api.post(
                                "/v1/assistants",
                                "{\"model\":\"m\",\"tool_resources\":" + searching(store) + "}")
                        .id();
        database.preparedQuery(
                        "update vector_stores set last_active_at = last_active_at - 90000 where id = $1")
                .execute(Tuple.of(store))
                .await()
                .indefinitely();

        assertThat(storeWith(store).path("status").asText()).isEqualTo("expired");
        api.run(api.thread(), assistant)
                .isError(400, "Vector store %s is expired.".formatted(store), null, null);
        String path = "/v1/vector_stores/" + store;
        String expired = "Vector store '%s' has expired.".formatted(store);
        api.post(path + "/files", "{\"file_id\":\"" + file("a.txt") + "\"}")
                .isError(400, expired, null, null);
        api.post(path + "/search", "{\"query\":\"x\"}").isError(400, expired, null, null);
        api.post(path, "{\"expires_after\":null}").isError(400, expired, null, null);
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereCannotBeUsed() {
        open();
        Api other = api;
        String theirFile = file("a.txt");
        String theirStore = store();
        open();
        String table = file("a.csv");
        String noFile = "No file found with id '%s'.".formatted(theirFile);
        String noStore = "No vector store found with id '%s'.".formatted(theirStore);
        String code = "{\"code_interpreter\":{\"file_ids\":[\"" + theirFile + "\"]}}";
        String inline =
                "{\"file_search\":{\"vector_stores\":[{\"file_ids\":[\"" + theirFile + "\"]}]}}";
        String message = question(theirFile, FILE_SEARCH);
        String picture =
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_file\",\"image_file\":{\"file_id\":\"%s\"}}]}"
                        .formatted(theirFile);
        assertThat(other.get("/v1/vector_stores/" + theirStore).status()).isEqualTo(200);
        String assistants = "/v1/assistants";
        String threads = "/v1/threads";
        String thread = threads + "/" + api.thread();
        String assistant = api.assistant();
        String csv =
                "Files with extensions [.csv] are not supported for retrieval. See"
                        + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files";
        return Stream.of(
                        new String[] {
                            assistants, "{\"model\":\"m\",\"tool_resources\":" + code + "}", noFile
                        },
                        new String[] {
                            assistants,
                            "{\"model\":\"m\",\"tool_resources\":" + inline + "}",
                            noFile
                        },
                        new String[] {
                            assistants,
                            "{\"model\":\"m\",\"tool_resources\":" + searching(theirStore) + "}",
                            noStore
                        },
                        new String[] {
                            assistants + "/" + assistant,
                            "{\"tool_resources\":" + searching(theirStore) + "}",
                            noStore
                        },
                        new String[] {threads, "{\"tool_resources\":" + code + "}", noFile},
                        new String[] {
                            threads, "{\"tool_resources\":" + searching(theirStore) + "}", noStore
                        },
                        new String[] {threads, "{\"messages\":[" + message + "]}", noFile},
                        new String[] {
                            thread, "{\"tool_resources\":" + searching(theirStore) + "}", noStore
                        },
                        new String[] {thread + "/messages", message, noFile},
                        new String[] {thread + "/messages", picture, noFile},
                        new String[] {
                            thread + "/runs",
                            "{\"assistant_id\":\"%s\",\"additional_messages\":[%s]}"
                                    .formatted(assistant, message),
                            noFile
                        },
                        new String[] {
                            threads + "/runs",
                            "{\"assistant_id\":\"%s\",\"thread\":{\"messages\":[%s]}}"
                                    .formatted(assistant, message),
                            noFile
                        },
                        new String[] {
                            threads + "/runs",
                            "{\"assistant_id\":\"%s\",\"tool_resources\":%s,\"thread\":{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}}"
                                    .formatted(assistant, searching(theirStore)),
                            noStore
                        },
                        new String[] {thread + "/messages", question(table, FILE_SEARCH), csv})
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[0] + " " + c[1],
                                        () -> {
                                            boolean unsupported = c[2].equals(csv);
                                            api.post(c[0], c[1])
                                                    .isError(
                                                            unsupported ? 400 : 404,
                                                            c[2],
                                                            unsupported ? "file_ids" : null,
                                                            unsupported
                                                                    ? "unsupported_file"
                                                                    : null);
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsNamed() {
        String ids = ",\"x\"".repeat(21).substring(1);
        return Stream.of(
                        new String[] {
                            "{\"file_search\":{\"vector_store_ids\":[\"a\",\"b\"]}}",
                            "Invalid 'tool_resources.file_search.vector_store_ids': array too long. Expected an array with maximum length 1, but got an array with length 2 instead.",
                            "\"tool_resources.file_search.vector_store_ids\"",
                            "array_above_max_length"
                        },
                        new String[] {
                            "{\"file_search\":{\"vector_stores\":[{},{}]}}",
                            "Invalid 'tool_resources.file_search.vector_stores': array too long. Expected an array with maximum length 1, but got an array with length 2 instead.",
                            "\"tool_resources.file_search.vector_stores\"",
                            "array_above_max_length"
                        },
                        new String[] {
                            "{\"code_interpreter\":{\"file_ids\":[" + ids + "]}}",
                            "Invalid 'tool_resources.code_interpreter.file_ids': array too long. Expected an array with maximum length 20, but got an array with length 21 instead.",
                            "\"tool_resources.code_interpreter.file_ids\"",
                            "array_above_max_length"
                        },
                        new String[] {
                            "{\"file_search\":{\"vector_store_ids\":[\"vs_1\"],\"vector_stores\":[{}]}}",
                            "Mutually exclusive parameters: 'tool_resources.file_search.vector_store_ids' and 'tool_resources.file_search.vector_stores'. Ensure you are only providing one of: 'tool_resources.file_search.vector_store_ids' or 'tool_resources.file_search.vector_stores'.",
                            "null",
                            "mutually_exclusive_parameters"
                        })
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[0],
                                        () ->
                                                Api.at(base)
                                                        .post(
                                                                "/v1/threads",
                                                                "{\"tool_resources\":" + c[0] + "}")
                                                        .isError(
                                                                400,
                                                                c[1],
                                                                c[2].equals("null")
                                                                        ? null
                                                                        : c[2].replace("\"", ""),
                                                                c[3])));
    }
}
