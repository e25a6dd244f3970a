package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.run.RunRow;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads and their runs on the older wire, and the same seen through the current one. */
@QuarkusTest
class VersionOneThreadTest extends VersionOneObjects {

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
}
