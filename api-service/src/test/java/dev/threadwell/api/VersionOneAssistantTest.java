package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Assistants and their files on the older wire, and the same seen through the current one. */
@QuarkusTest
class VersionOneAssistantTest extends VersionOneObjects {

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
