package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.Ids;
import dev.threadwell.store.ApiKeyStore;
import dev.threadwell.store.Conversation;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that come in with their ids. */
@QuarkusTest
class ImportTest {

    private static final String IMPORT = "/v1/threadwell/import";

    private static final String THREAD =
            """
            {"id":"%s","object":"thread","created_at":1700000000,"metadata":{"k":"v"},
             "tool_resources":{"code_interpreter":{"file_ids":[]}}}
            """;

    /** As the original answered it: without a status. */
    private static final String MESSAGE =
            """
            {"id":"%s","object":"thread.message","created_at":%d,"assistant_id":null,"thread_id":"%s",
             "run_id":null,"role":"%s","content":[{"type":"text","text":{"value":"%s","annotations":[]}}],
             "attachments":[],"metadata":{}}
            """;

    private static final String RUN =
            """
            {"id":"%s","object":"thread.run","created_at":%d,"assistant_id":"%s","thread_id":"%s",
             "status":"%s","started_at":1700000001,"expires_at":1700000600,"cancelled_at":null,
             "failed_at":null,"completed_at":null,"required_action":{"type":"submit_tool_outputs"},
             "last_error":null,"model":"gpt-4o","instructions":null,"tools":[],"metadata":{},
             "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
            """;

    private static final String STEP =
            """
            {"id":"%s","object":"thread.run.step","created_at":%d,"run_id":"%s","assistant_id":"%s",
             "thread_id":"%s","type":"tool_calls","status":"completed","completed_at":1700000003,
             "step_details":{"type":"tool_calls","tool_calls":[{"id":"call_1","type":"function",
              "function":{"name":"f","arguments":"{}","output":"o"}}]},"usage":null}
            """;

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject Conversation conversation;

    private final String assistant = Ids.assistant();
    private final String thread = Ids.thread();
    private final String run = Ids.run();
    private Api api;

    @BeforeEach
    void open() {
        api = of("proj_" + Long.toHexString(System.nanoTime()));
    }

    private Api of(String project) {
        keys.ensure(project, "sk-" + project).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + project);
    }

    private String thread() {
        return line(THREAD.formatted(thread));
    }

    private String message(String id, long second, String text) {
        return line(MESSAGE.formatted(id, second, thread, "user", text));
    }

    private String message(long second, String text) {
        return message(Ids.message(), second, text);
    }

    private static String line(String json) {
        return json.replace("\n", "") + "\n";
    }

    private static String list(String... objects) {
        return "{\n  \"object\": \"list\",\n  \"data\": [\n    "
                + String.join(",\n    ", objects)
                + "],\n  \"first_id\": \"x\",\n  \"last_id\": \"y\",\n  \"has_more\": true\n}";
    }

    private JsonNode imported(String... dump) {
        Api.Answer answer = api.post(IMPORT, String.join("", dump));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private List<String> texts() {
        return api.get("/v1/threads/" + thread + "/messages?limit=100")
                .json()
                .path("data")
                .valueStream()
                .map(m -> m.at("/content/0/text/value").asText())
                .toList();
    }

    private static String error(JsonNode summary) {
        return summary.at("/problems/0/error/message").asText();
    }

    @Test
    void theSummarySaysWhatCameIn() {
        JsonNode summary = imported(thread(), message(1, "a"), message(2, "b"));
        assertThat(summary.toPrettyString())
                .isEqualTo(
                        """
                        {
                          "object" : "threadwell.import",
                          "imported" : {
                            "assistants" : 0,
                            "threads" : 1,
                            "messages" : 2,
                            "runs" : 0,
                            "run_steps" : 0
                          },
                          "already_there" : {
                            "assistants" : 0,
                            "threads" : 0,
                            "messages" : 0,
                            "runs" : 0,
                            "run_steps" : 0
                          },
                          "refused" : 0,
                          "problems" : [ ],
                          "changed" : 0,
                          "changes" : [ ]
                        }""");
    }

    @Test
    void anObjectIsShownAsItWas() {
        String id = Ids.message();
        imported(thread(), message(id, 1_700_000_000, "Grüße 🚢"));
        JsonNode shown = api.get("/v1/threads/" + thread).json();
        assertThat(shown.path("created_at").asLong()).isEqualTo(1_700_000_000);
        assertThat(shown.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(shown.path("tool_resources").toString())
                .isEqualTo("{\"code_interpreter\":{\"file_ids\":[]}}");
        JsonNode message = api.get("/v1/threads/" + thread + "/messages/" + id).json();
        assertThat(message.at("/content/0/text/value").asText()).isEqualTo("Grüße 🚢");
        assertThat(message.path("status").asText()).isEqualTo("completed");
        assertThat(message.path("completed_at").asLong()).isEqualTo(1_700_000_000);
    }

    @Test
    void aListComesNewestFirst() {
        imported(
                thread(), list(message(5, "d"), message(3, "c"), message(3, "b"), message(1, "a")));
        assertThat(texts()).containsExactly("d", "c", "b", "a");
    }

    @Test
    void thePagesOfAListJoin() {
        imported(
                thread(),
                list(message(5, "f"), message(3, "e"), message(3, "d")),
                list(message(3, "c"), message(3, "b"), message(1, "a")));
        assertThat(texts()).containsExactly("f", "e", "d", "c", "b", "a");
    }

    @Test
    void aListInTheOtherOrderIsRecognisedByItsTimes() {
        imported(
                thread(), list(message(1, "a"), message(3, "b"), message(3, "c"), message(5, "d")));
        assertThat(texts()).containsExactly("d", "c", "b", "a");
    }

    @Test
    void objectsThatStandAloneComeOldestFirst() {
        imported(thread(), message(3, "a"), message(3, "b"));
        imported(message(3, "c"));
        assertThat(texts()).containsExactly("c", "b", "a");
    }

    @Test
    void assistantsOfSeveralPagesKeepTheirOrder() {
        String json = "{\"id\":\"%s\",\"object\":\"assistant\",\"created_at\":%d,\"model\":\"m\"}";
        List<String> ids = IntStream.range(0, 4).mapToObj(i -> Ids.assistant()).toList();
        String newer = api.assistant();
        imported(
                list(json.formatted(ids.get(0), 9), json.formatted(ids.get(1), 8)),
                list(json.formatted(ids.get(2), 8), json.formatted(ids.get(3), 2)));
        String newest = api.assistant();
        assertThat(
                        api.get("/v1/assistants")
                                .json()
                                .path("data")
                                .valueStream()
                                .map(a -> a.path("id").asText()))
                .containsExactly(newest, newer, ids.get(0), ids.get(1), ids.get(2), ids.get(3));
        assertThat(api.get("/v1/assistants?order=asc&limit=2").json().path("last_id").asText())
                .isEqualTo(ids.get(2));
    }

    @Test
    void whatIsWrittenHereFollowsWhatCameIn() {
        imported(thread(), message(4_000_000_000L, "theirs"));
        api.post("/v1/threads/" + thread + "/messages", "{\"role\":\"user\",\"content\":\"ours\"}");
        imported(message(3, "older"));
        assertThat(texts()).containsExactly("ours", "theirs", "older");
    }

    @Test
    void theSecondTimeChangesNothing() {
        String[] dump = {thread(), message(1, "a"), run("completed"), step(2)};
        imported(dump);
        api.post("/v1/threads/" + thread, "{\"metadata\":{\"k\":\"changed\"}}");
        String before = api.get("/v1/threads/" + thread).body();
        JsonNode again = imported(dump);
        assertThat(again.path("imported").toString())
                .isEqualTo(
                        "{\"assistants\":0,\"threads\":0,\"messages\":0,\"runs\":0,\"run_steps\":0}");
        assertThat(again.path("already_there").toString())
                .isEqualTo(
                        "{\"assistants\":0,\"threads\":1,\"messages\":1,\"runs\":1,\"run_steps\":1}");
        assertThat(api.get("/v1/threads/" + thread).body()).isEqualTo(before);
    }

    private String run(String status) {
        return line(RUN.formatted(run, 1_700_000_001, assistant, thread, status));
    }

    private String step(long second) {
        return line(STEP.formatted(Ids.step(), second, run, assistant, thread));
    }

    @Test
    void theIdOfAnotherProjectIsNone() {
        imported(thread(), message(1, "theirs"));
        String before = api.get("/v1/threads/" + thread + "/messages").body();
        Api theirs = api;
        api = of("proj_thief_" + Long.toHexString(System.nanoTime()));
        JsonNode summary = imported(thread(), message(2, "mine"));
        assertThat(summary.at("/problems/0/error").toString())
                .isEqualTo(
                        """
                        {"message":"Invalid 'id': '%s'. Expected an ID that begins with 'thread'.",\
                        "type":"invalid_request_error","param":"id","code":"invalid_value"}"""
                                .formatted(thread));
        assertThat(summary.at("/problems/1/error/message").asText())
                .isEqualTo("No thread found with id '%s'.".formatted(thread));
        assertThat(theirs.get("/v1/threads/" + thread + "/messages").body()).isEqualTo(before);
        assertThat(api.get("/v1/threads/" + thread).status()).isEqualTo(404);
    }

    @Test
    void aMessageNeedsItsThread() {
        String message = message(1, "a");
        JsonNode summary = imported(message);
        assertThat(error(summary)).isEqualTo("No thread found with id '%s'.".formatted(thread));
        assertThat(summary.path("refused").asLong()).isEqualTo(1);
        imported(thread(), message);
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void aStepNeedsItsRun() {
        JsonNode summary = imported(thread(), step(3));
        assertThat(error(summary)).isEqualTo("No run found with id '%s'.".formatted(run));
    }

    @Test
    void aRunThatHadNotEndedHasExpired() {
        JsonNode summary = imported(thread(), run("requires_action"));
        assertThat(summary.at("/changes/0/message").asText())
                .isEqualTo(
                        "Its status was 'requires_action', and nobody works on it any more: it is"
                                + " 'expired'.");
        JsonNode shown = api.get("/v1/threads/" + thread + "/runs/" + run).json();
        assertThat(shown.path("status").asText()).isEqualTo("expired");
        assertThat(shown.path("required_action").isNull()).isTrue();
        assertThat(shown.at("/usage/prompt_token_details/cached_tokens").isInt()).isTrue();
        String added = "{\"role\":\"user\",\"content\":\"go on\"}";
        assertThat(api.post("/v1/threads/" + thread + "/messages", added).status()).isEqualTo(200);
    }

    @Test
    void aModelIsRemindedOfWhatCameInInItsOrder() {
        String answer = line(MESSAGE.formatted(Ids.message(), 3, thread, "assistant", "answer"));
        imported(
                thread(),
                list(answer, message(1, "question")),
                list(run("completed")),
                list(step(3)));
        api.post("/v1/threads/" + thread + "/messages", "{\"role\":\"user\",\"content\":\"next\"}");
        List<String> said =
                conversation
                        .newest(thread, new Conversation.Reach(100, 1_000_000, true))
                        .await()
                        .indefinitely()
                        .entries()
                        .stream()
                        .map(
                                entry ->
                                        switch (entry) {
                                            case Conversation.Entry.Said s -> s.message().role();
                                            case Conversation.Entry.Called _ -> "called";
                                        })
                        .toList();
        assertThat(said).containsExactly("user", "called", "assistant", "user");
    }

    @Test
    void aRunGoesOnWithAnAssistantThatCameIn() {
        imported(
                "{\"id\":\"%s\",\"object\":\"assistant\",\"created_at\":1,\"model\":\"m\"}\n"
                        .formatted(assistant),
                thread(),
                message(1, "a"));
        Api.Answer created = api.run(thread, assistant);
        worker.completes(worker.claims(created.id()), "b");
        assertThat(texts()).containsExactly("b", "a");
    }

    @Test
    void brokenLinesAreToldAndTheRestGoesIn() {
        JsonNode summary =
                imported(
                        thread(),
                        "{\"id\":\"msg_1\",\"object\":\"thread.mess\n",
                        message(1, "a"),
                        "{\"object\":\"file\",\"id\":\"file-1\"}\n",
                        "{\"id\":\"x\"}\n",
                        message("msg-1", 1, "x"),
                        message(1, "b").replace("\"role\":\"user\"", "\"role\":7"),
                        message(2, "c"));
        assertThat(texts()).containsExactly("c", "a");
        assertThat(summary.path("refused").asLong()).isEqualTo(5);
        assertThat(
                        summary.path("problems")
                                .valueStream()
                                .map(
                                        p ->
                                                p.path("line").asLong()
                                                        + " "
                                                        + p.at("/error/message").asText()))
                .satisfiesExactlyInAnyOrder(
                        m -> assertThat(m).startsWith("2 We could not parse the JSON body"),
                        m ->
                                assertThat(m)
                                        .isEqualTo(
                                                "4 Invalid value: 'file'. Supported values are:"
                                                        + " 'assistant', 'thread', 'thread.message',"
                                                        + " 'thread.run', and 'thread.run.step'."),
                        m -> assertThat(m).isEqualTo("5 Missing required parameter: 'object'."),
                        m ->
                                assertThat(m)
                                        .isEqualTo(
                                                "6 Invalid 'id': 'msg-1'. Expected an ID that begins"
                                                        + " with 'msg'."),
                        m ->
                                assertThat(m)
                                        .isEqualTo(
                                                "7 Invalid type for 'role': expected a string, but"
                                                        + " got an integer instead."));
    }

    @Test
    void theFirstVersionsShapesBecomeThoseOfTheSecond() {
        JsonNode summary =
                imported(
                        """
                        {"id":"%s","object":"assistant","created_at":1,"name":null,"description":null,
                         "model":"gpt-4-1106-preview","instructions":"i","tools":[{"type":"retrieval"},
                         {"type":"code_interpreter"}],"file_ids":["file-1"],"metadata":{}}
                        {"id":"%s","object":"thread","created_at":1,"metadata":{}}
                        {"id":"msg_v1%3$s","object":"thread.message","created_at":1,"thread_id":"%2$s",
                         "role":"user","content":[{"type":"text","text":{"value":"v","annotations":[]}}],
                         "file_ids":["file-1"],"assistant_id":null,"run_id":null,"metadata":{}}
                        """
                                .formatted(assistant, thread, System.nanoTime()));
        assertThat(summary.path("refused").asLong()).as(summary.toString()).isZero();
        assertThat(summary.path("changed").asLong()).isEqualTo(1);
        JsonNode shown = api.get("/v1/assistants/" + assistant).json();
        assertThat(shown.at("/tools/0/type").asText()).isEqualTo("file_search");
        assertThat(shown.at("/tool_resources/code_interpreter/file_ids/0").asText())
                .isEqualTo("file-1");
        assertThat(shown.path("temperature").asDouble()).isEqualTo(1.0);
        JsonNode message =
                api.get("/v1/threads/" + thread + "/messages").json().path("data").get(0);
        assertThat(message.path("attachments").toString())
                .isEqualTo("[{\"file_id\":\"file-1\",\"tools\":[]}]");
    }

    /** More than any other body may have, and more than a batch. */
    @Test
    void aDumpMayBeLarge() {
        String text = "x".repeat(100_000);
        List<InputStream> parts =
                IntStream.range(-1, 400)
                        .mapToObj(i -> Multipart.stream(i < 0 ? thread() : message(i, text)))
                        .toList();
        Api.Answer answer =
                api.body(
                        IMPORT,
                        "application/jsonl",
                        new SequenceInputStream(Collections.enumeration(parts)));
        assertThat(answer.json().at("/imported/messages").asLong()).isEqualTo(400);
    }

    @Test
    void anEmptyDumpIsNoError() {
        assertThat(imported("").path("refused").asLong()).isZero();
    }
}
