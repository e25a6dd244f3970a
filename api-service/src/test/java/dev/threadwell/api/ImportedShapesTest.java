package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What dumps may hold, and what of it is refused. */
@QuarkusTest
class ImportedShapesTest extends Dumps {

    @Test
    void theIdOfAnotherProjectIsRefusedAndSaysSo() {
        imported(thread(), message(1, "theirs"));
        String before = api.get("/v1/threads/" + thread + "/messages").body();
        Api theirs = api;
        api = of("proj_thief_" + Long.toHexString(System.nanoTime()));
        JsonNode summary = imported(thread(), message(2, "mine"));
        assertThat(summary.at("/problems/0/error").toString())
                .isEqualTo(
                        """
                        {"message":"The id '%s' is taken by an object of another project.",\
                        "type":"invalid_request_error","param":"id","code":"id_of_another_project"}"""
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
