package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.store.ApiKeyStore;
import dev.threadwell.store.RunRow;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The older wire from end to end, and the same objects seen through both. */
@QuarkusTest
class VersionOneTest {

    private static final String RETRIEVING = "{\"type\":\"retrieval\"}";
    private static final String COMPUTING = "{\"type\":\"code_interpreter\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject Pool database;
    @Inject TestWorker worker;

    private Api older;
    private Api current;

    @BeforeEach
    void open() {
        String name = Long.toHexString(System.nanoTime());
        keys.ensure("proj_" + name, "sk-older-" + name).await().indefinitely();
        current = Api.at(base).with("Authorization", "Bearer sk-older-" + name);
        older = current.with("OpenAI-Beta", "assistants=v1");
    }

    private String file(String name) {
        return current.form("/v1/files", Multipart.of("assistants", name, "x")).id();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> fileIds(JsonNode object) {
        assertThat(object.path("file_ids").isArray()).as(object.toString()).isTrue();
        return object.path("file_ids").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> codeFiles(JsonNode object) {
        return object.at("/tool_resources/code_interpreter/file_ids")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private List<String> searchFiles(JsonNode object) {
        String store = object.at("/tool_resources/file_search/vector_store_ids/0").asText();
        return current.get("/v1/vector_stores/" + store + "/files?order=asc")
                .json()
                .path("data")
                .valueStream()
                .map(file -> file.path("id").asText())
                .toList();
    }

    private Api.Answer assistant(String tools, String... files) {
        return older.post(
                "/v1/assistants",
                "{\"model\":\"gpt-4-turbo\",\"tools\":[%s],\"file_ids\":[%s]}"
                        .formatted(tools, quoted(files)));
    }

    private static String quoted(String... values) {
        return String.join(",", Stream.of(values).map(v -> "\"" + v + "\"").toList());
    }

    private long facts(String... ids) {
        return database.preparedQuery("select count(*) from v1_files where id = any($1)")
                .execute(Tuple.of(ids))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void anAssistantHasTheKeysOfItsTime() {
        assertThat(names(assistant("").json()))
                .containsExactly(
                        "id",
                        "object",
                        "created_at",
                        "name",
                        "description",
                        "model",
                        "instructions",
                        "tools",
                        "top_p",
                        "temperature",
                        "file_ids",
                        "metadata",
                        "response_format");
    }

    @Test
    void eachToolOfANewAssistantGetsItsFiles() {
        String file = file("a.txt");
        JsonNode made = assistant(RETRIEVING + "," + COMPUTING, file).json();
        assertThat(fileIds(made)).containsExactly(file);
        assertThat(made.path("tools").toString())
                .isEqualTo("[" + RETRIEVING + "," + COMPUTING + "]");

        JsonNode seen = current.get("/v1/assistants/" + made.path("id").asText()).json();
        assertThat(codeFiles(seen)).containsExactly(file);
        assertThat(searchFiles(seen)).containsExactly(file);
        assertThat(seen.has("file_ids")).isFalse();
    }

    @Test
    void whatWasMadeThroughTheCurrentVersionHasNoFiles() {
        String file = file("a.txt");
        String id =
                current.post(
                                "/v1/assistants",
                                """
                                {"model":"gpt-4-turbo","tools":[{"type":"code_interpreter"}],
                                 "tool_resources":{"code_interpreter":{"file_ids":["%s"]}}}"""
                                        .formatted(file))
                        .id();
        assertThat(fileIds(older.get("/v1/assistants/" + id).json())).isEmpty();
        assertThat(older.get("/v1/assistants/" + id + "/files").json().path("data")).isEmpty();
    }

    @Test
    void aPageShowsEachItsOwnFiles() {
        String one = file("a.txt");
        String other = file("b.txt");
        assistant(COMPUTING, one);
        assistant(COMPUTING, other, one);
        JsonNode page = older.get("/v1/assistants").json();
        assertThat(fileIds(page.at("/data/0"))).containsExactly(other, one);
        assertThat(fileIds(page.at("/data/1"))).containsExactly(one);
    }

    @Test
    void filesThatAreNotNamedAnyMoreGo() {
        String one = file("a.txt");
        String other = file("b.txt");
        String id = assistant(RETRIEVING + "," + COMPUTING, one).id();
        JsonNode after =
                older.post("/v1/assistants/" + id, "{\"file_ids\":[\"%s\"]}".formatted(other))
                        .json();
        assertThat(fileIds(after)).containsExactly(other);
        JsonNode seen = current.get("/v1/assistants/" + id).json();
        assertThat(codeFiles(seen)).containsExactly(other);
        assertThat(searchFiles(seen)).containsExactly(other);
    }

    @Test
    void aNewToolGetsTheFilesThatAreThere() {
        String file = file("a.txt");
        String id = assistant(COMPUTING, file).id();
        JsonNode after =
                older.post("/v1/assistants/" + id, "{\"tools\":[" + RETRIEVING + "]}").json();
        assertThat(fileIds(after)).containsExactly(file);
        assertThat(searchFiles(current.get("/v1/assistants/" + id).json())).containsExactly(file);
    }

    @Test
    void filesCanBeAttachedListedAndDetached() {
        String one = file("a.txt");
        String other = file("b.txt");
        String id = assistant(RETRIEVING + "," + COMPUTING, one).id();
        String files = "/v1/assistants/" + id + "/files";

        Api.Answer added = older.post(files, "{\"file_id\":\"%s\"}".formatted(other));
        assertThat(added.settled())
                .isEqualTo(
                        """
                        {
                          "id": "file_1",
                          "object": "assistant.file",
                          "created_at": 0,
                          "assistant_id": "asst_1"
                        }""");
        assertThat(older.post(files, "{\"file_id\":\"%s\"}".formatted(other)).body())
                .isEqualTo(added.body());
        assertThat(older.get(files + "/" + other).body()).isEqualTo(added.body());
        assertThat(fileIds(older.get("/v1/assistants/" + id).json())).containsExactly(one, other);
        JsonNode page = older.get(files + "?limit=1").json();
        assertThat(page.at("/data/0/id").asText()).isEqualTo(other);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(older.get(files + "?after=" + other).json().at("/data/0/id").asText())
                .isEqualTo(one);
        JsonNode seen = current.get("/v1/assistants/" + id).json();
        assertThat(codeFiles(seen)).containsExactly(one, other);
        assertThat(searchFiles(seen)).containsExactly(one, other);

        assertThat(older.delete(files + "/" + one).settled())
                .isEqualTo(
                        """
                        {
                          "id": "file_1",
                          "object": "assistant.file.deleted",
                          "deleted": true
                        }""");
        older.get(files + "/" + one)
                .isError(404, "No file found with id '" + one + "'.", null, null);
        older.delete(files + "/" + one)
                .isError(404, "No file found with id '" + one + "'.", null, null);
        seen = current.get("/v1/assistants/" + id).json();
        assertThat(codeFiles(seen)).containsExactly(other);
        assertThat(searchFiles(seen)).containsExactly(other);
        assertThat(current.get("/v1/files/" + one).status()).isEqualTo(200);
    }

    @Test
    void anAssistantHasTwentyFilesAtMost() {
        String[] twenty = new String[20];
        for (int i = 0; i < twenty.length; i++) {
            twenty[i] = file(i + ".txt");
        }
        String id = assistant("", twenty).id();
        older.post(
                        "/v1/assistants/" + id + "/files",
                        "{\"file_id\":\"%s\"}".formatted(file("more.txt")))
                .isError(
                        400,
                        "Invalid 'file_ids': array too long. Expected an array with maximum length"
                                + " 20, but got an array with length 21 instead.",
                        "file_ids",
                        "array_above_max_length");
    }

    @Test
    void theFilesOfAMessageAreForTheToolsThatCanReadThem() {
        String text = file("a.txt");
        String table = file("b.csv");
        String thread = older.post("/v1/threads", "").id();
        Api.Answer made =
                older.post(
                        "/v1/threads/" + thread + "/messages",
                        "{\"role\":\"user\",\"content\":\"Hi\",\"file_ids\":[%s]}"
                                .formatted(quoted(text, table)));
        assertThat(names(made.json()))
                .containsExactly(
                        "id",
                        "object",
                        "created_at",
                        "assistant_id",
                        "thread_id",
                        "run_id",
                        "role",
                        "content",
                        "file_ids",
                        "metadata");
        assertThat(fileIds(made.json())).containsExactly(text, table);

        String message = "/v1/threads/" + thread + "/messages/" + made.id();
        assertThat(current.get(message).json().path("attachments").toString())
                .isEqualTo(
                        """
                        [{"file_id":"%s","tools":[{"type":"code_interpreter"},{"type":"file_search"}]},\
                        {"file_id":"%s","tools":[{"type":"code_interpreter"}]}]"""
                                .formatted(text, table));
        JsonNode seen = current.get("/v1/threads/" + thread).json();
        assertThat(codeFiles(seen)).containsExactly(text, table);
        assertThat(searchFiles(seen)).containsExactly(text);
        assertThat(older.get("/v1/threads/" + thread).json().has("tool_resources")).isFalse();

        assertThat(older.get(message + "/files/" + table).settled())
                .isEqualTo(
                        """
                        {
                          "id": "file_1",
                          "object": "thread.message.file",
                          "created_at": 0,
                          "message_id": "msg_1"
                        }""");
        assertThat(older.get(message + "/files?order=asc").json().at("/data/0/id").asText())
                .isEqualTo(text);
        assertThat(fileIds(older.post(message, "{\"metadata\":{\"a\":true}}").json()))
                .containsExactly(text, table);
        assertThat(older.get(message).json().at("/metadata/a").asText()).isEqualTo("True");
        assertThat(facts(made.id())).isOne();
        older.delete("/v1/threads/" + thread);
        assertThat(facts(made.id())).isZero();
    }

    @Test
    void aThreadBeginsWithMessagesAndTheirFiles() {
        String file = file("a.csv");
        String thread =
                older.post(
                                "/v1/threads",
                                """
                                {"messages":[{"role":"user","content":"One"},
                                 {"role":"user","content":"Two","file_ids":["%s"]}]}"""
                                        .formatted(file))
                        .id();
        JsonNode page = older.get("/v1/threads/" + thread + "/messages?order=asc").json();
        assertThat(fileIds(page.at("/data/0"))).isEmpty();
        assertThat(fileIds(page.at("/data/1"))).containsExactly(file);
    }

    @Test
    void aRunHasTheFilesThatItsAssistantHadThen() {
        String file = file("a.txt");
        String id = assistant(COMPUTING, file).id();
        String thread = older.post("/v1/threads", "").id();
        Api.Answer made = older.run(thread, id);
        assertThat(names(made.json()))
                .containsExactly(
                        "id",
                        "object",
                        "created_at",
                        "assistant_id",
                        "thread_id",
                        "status",
                        "started_at",
                        "expires_at",
                        "cancelled_at",
                        "failed_at",
                        "completed_at",
                        "required_action",
                        "last_error",
                        "model",
                        "instructions",
                        "tools",
                        "file_ids",
                        "metadata",
                        "temperature",
                        "top_p",
                        "max_completion_tokens",
                        "max_prompt_tokens",
                        "truncation_strategy",
                        "incomplete_details",
                        "usage",
                        "response_format",
                        "tool_choice");
        assertThat(fileIds(made.json())).containsExactly(file);

        older.delete("/v1/assistants/" + id + "/files/" + file);
        String run = "/v1/threads/" + thread + "/runs/" + made.id();
        assertThat(fileIds(older.get(run).json())).containsExactly(file);
    }

    @Test
    void aRunWithItsThreadTakesTheToolsOfTheRun() {
        String file = file("a.txt");
        String id = assistant(COMPUTING).id();
        Api.Answer made =
                older.post(
                        "/v1/threads/runs",
                        """
                        {"assistant_id":"%s","tools":[{"type":"retrieval"}],"thread":{"messages":[
                          {"role":"user","content":"Hi","file_ids":["%s"]}]}}"""
                                .formatted(id, file));
        assertThat(made.json().path("tools").toString()).isEqualTo("[" + RETRIEVING + "]");
        String thread = "/v1/threads/" + made.json().path("thread_id").asText();
        assertThat(searchFiles(current.get(thread).json())).containsExactly(file);
        JsonNode message = current.get(thread + "/messages").json().at("/data/0");
        assertThat(message.at("/attachments/0/tools").toString())
                .isEqualTo("[{\"type\":\"file_search\"}]");
    }

    @Test
    void anEmptyThreadIsNoReasonToRefuseARun() {
        String thread = older.post("/v1/threads", null).id();
        assertThat(older.run(thread, assistant("").id()).status()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedLeavesNoFilesBehind() {
        String file = file("a.txt");
        older.post(
                        "/v1/threads/thread_none/messages",
                        "{\"role\":\"user\",\"content\":\"Hi\",\"file_ids\":[%s]}"
                                .formatted(quoted(file)))
                .isError(404, "No thread found with id 'thread_none'.", null, null);
        assertThat(
                        database.preparedQuery("select 1 from v1_files where thread_id = $1")
                                .execute(Tuple.of("thread_none"))
                                .await()
                                .indefinitely()
                                .rowCount())
                .isZero();
    }

    @Test
    void aDeletedAssistantsFilesAreForgotten() {
        String id = assistant("", file("a.txt")).id();
        assertThat(facts(id)).isOne();
        assertThat(older.delete("/v1/assistants/" + id).status()).isEqualTo(200);
        assertThat(facts(id)).isZero();
    }

    @Test
    void filesOfAnotherProjectDoNotExist() {
        String theirs = Api.at(base).form("/v1/files", Multipart.of("assistants", "a", "x")).id();
        assistant("", theirs).isError(404, "No file found with id '" + theirs + "'.", null, null);
    }

    @Test
    void whatVersionOneAloneHasIsUnknownToOthers() {
        String id = current.assistant();
        String path = "/v1/assistants/" + id + "/files";
        current.get(path).isError(404, "Invalid URL (GET " + path + ")", null, null);
        current.post(path, "{\"file_id\":\"file-1\"}")
                .isError(404, "Invalid URL (POST " + path + ")", null, null);
        String files = "/v1/threads/thread_1/messages/msg_1/files";
        current.get(files).isError(404, "Invalid URL (GET " + files + ")", null, null);
    }

    @Test
    void vectorStoresAreUnknownToVersionOne() {
        older.get("/v1/vector_stores")
                .isError(404, "Invalid URL (GET /v1/vector_stores)", null, null);
    }

    @Test
    void aStreamIsShownAsVersionOneHasIt() {
        String file = file("a.txt");
        String id = assistant(RETRIEVING, file).id();
        String thread = older.post("/v1/threads", null).id();
        try (EventReader events =
                older.stream(
                        "POST",
                        "/v1/threads/" + thread + "/runs",
                        "{\"stream\":true,\"assistant_id\":\"" + id + "\"}")) {
            List<EventReader.Event> first = events.next(2);
            assertThat(first.getFirst().data())
                    .contains("\"tools\":[" + RETRIEVING + "],\"file_ids\":[\"" + file + "\"],")
                    .doesNotContain("tool_resources", "parallel_tool_calls");
            RunRow row = worker.claims(first.getFirst().data().split("\"", -1)[3]);
            worker.writes(
                    row,
                    row.epoch(),
                    "thread.message.delta",
                    "{\"object\":\"thread.message.delta\"}");
            worker.writes(
                    row,
                    row.epoch(),
                    "thread.run.incomplete",
                    "{\"id\":\"%s\",\"object\":\"thread.run\",\"status\":\"incomplete\",\"tool_resources\":{}}"
                            .formatted(row.run().id()));
            List<EventReader.Event> rest = events.rest();
            assertThat(rest)
                    .extracting(EventReader.Event::name)
                    .containsExactly("thread.message.delta", "thread.run.completed", "done");
            assertThat(rest.get(1).data())
                    .isEqualTo(
                            "{\"id\":\"%s\",\"object\":\"thread.run\",\"status\":\"completed\",\"file_ids\":[\"%s\"]}"
                                    .formatted(row.run().id(), file));
            assertThat(rest.getLast().data()).isEqualTo("[DONE]");
        }
    }

    @TestFactory
    Stream<DynamicTest> whatVersionOneDoesNotKnowIsRefused() {
        String thread = "/v1/threads/thread_1";
        return Wrong.tests(
                base,
                "assistants=v1",
                new Wrong(
                        "/v1/assistants",
                        "{'model':'m','tool_resources':{}}",
                        "Unknown parameter: 'tool_resources'.",
                        "tool_resources",
                        "unknown_parameter"),
                new Wrong(
                        "/v1/assistants",
                        "{'model':'m','tools':[{'type':'file_search'}]}",
                        "Invalid value: 'file_search'. Supported values are: 'code_interpreter',"
                                + " 'function', and 'retrieval'.",
                        "tools[0].type",
                        "invalid_value"),
                new Wrong(
                        "/v1/assistants",
                        "{'model':'gpt-4o'}",
                        "The requested model 'gpt-4o' cannot be used with the Assistants API in"
                                + " v1. Follow the migration guide to upgrade to v2:"
                                + " https://platform.openai.com/docs/assistants/migration.",
                        "model",
                        "unsupported_model"),
                new Wrong(
                        "/v1/assistants",
                        "{'model':'gpt-4','tools':[{'type':'retrieval'}]}",
                        "The requested model 'gpt-4' cannot be used with the 'retrieval' tool.",
                        "model",
                        "unsupported_model"),
                new Wrong(
                        "/v1/assistants",
                        "{'model':'m','file_ids':['undefined']}",
                        "Invalid 'file_ids[0]': 'undefined'. Expected an ID that begins with"
                                + " 'file'.",
                        "file_ids[0]",
                        "invalid_value"),
                new Wrong(
                        thread + "/messages",
                        "{'role':'user','content':[{'type':'text','text':'x'}]}",
                        "Invalid type for 'content': expected a string, but got an array instead.",
                        "content",
                        "invalid_type"),
                new Wrong(
                        thread + "/messages",
                        "{'role':'user','content':'x','attachments':[]}",
                        "Unknown parameter: 'attachments'.",
                        "attachments",
                        "unknown_parameter"),
                new Wrong(
                        "/v1/threads",
                        "{'tool_resources':{}}",
                        "Unknown parameter: 'tool_resources'.",
                        "tool_resources",
                        "unknown_parameter"),
                new Wrong(
                        thread,
                        "{'tool_resources':{}}",
                        "Unknown parameter: 'tool_resources'.",
                        "tool_resources",
                        "unknown_parameter"),
                new Wrong(
                        thread + "/runs",
                        "{'assistant_id':'asst_1','parallel_tool_calls':true}",
                        "Unknown parameter: 'parallel_tool_calls'.",
                        "parallel_tool_calls",
                        "unknown_parameter"),
                new Wrong(
                        "/v1/threads/runs",
                        "{'assistant_id':'asst_1','thread':{'messages':[{'role':'user'}]}}",
                        "Missing required parameter: 'thread.messages[0].content'.",
                        "thread.messages[0].content",
                        "missing_required_parameter"));
    }
}
