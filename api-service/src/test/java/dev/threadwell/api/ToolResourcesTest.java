package dev.threadwell.api;

import static dev.threadwell.api.AttachmentTest.FILE_SEARCH;
import static dev.threadwell.api.AttachmentTest.question;
import static dev.threadwell.api.AttachmentTest.storeOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files and stores of assistants, threads and runs. */
@QuarkusTest
class ToolResourcesTest {

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject Pool database;

    private Api api;
    private Stores stores;

    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-tools-" + name).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-tools-" + name);
        stores = new Stores(api);
    }

    private static String searching(String store) {
        return "{\"file_search\":{\"vector_store_ids\":[\"%s\"]}}".formatted(store);
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
                                        .formatted(stores.file("a.txt")))
                        .json();

        assertThat(assistant.path("tool_resources").toString())
                .isEqualTo(searching(storeOf(assistant)));
        JsonNode store = stores.get(storeOf(assistant));
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
        assertThat(stores.get(storeOf(thread)).at("/expires_after/days").asInt()).isEqualTo(7);
        assertThat(thread(thread.path("id").asText()).json().path("tool_resources"))
                .isEqualTo(thread.path("tool_resources"));
    }

    @Test
    void aDeletedStoreIsTakenFromAssistantsAndThreads() {
        String store = stores.store();
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
        String store = stores.store();
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
        String file = stores.file("a.csv");
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
    void aRunWithItsThreadHasItsOwnResources() {
        String store = stores.store();
        JsonNode run =
                api.post(
                                "/v1/threads/runs",
                                """
                                {"assistant_id":"%s","tool_resources":%s,
                                 "thread":{"messages":[%s]}}"""
                                        .formatted(
                                                api.assistant(),
                                                searching(store),
                                                question(stores.file("a.txt"), FILE_SEARCH)))
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

        assertThat(stores.get(store).path("status").asText()).isEqualTo("expired");
        api.run(api.thread(), assistant)
                .isError(400, "Vector store %s is expired.".formatted(store), null, null);
        String path = "/v1/vector_stores/" + store;
        String expired = "Vector store '%s' has expired.".formatted(store);
        api.post(path + "/files", "{\"file_id\":\"" + stores.file("a.txt") + "\"}")
                .isError(400, expired, null, null);
        api.post(path + "/search", "{\"query\":\"x\"}").isError(400, expired, null, null);
        api.post(path, "{\"expires_after\":null}").isError(400, expired, null, null);
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereCannotBeUsed() {
        open();
        Api other = api;
        String theirFile = stores.file("a.txt");
        String theirStore = stores.store();
        open();
        String table = stores.file("a.csv");
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
