package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What can be wrong with a request, in the texts that clients look for. */
@QuarkusTest
class ErrorsTest {

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNotExistIsNotFound() {
        String thread = Api.at(base).thread();
        return Stream.of(
                        new String[] {
                            "GET", "/v1/assistants/asst_1", "No assistant found with id 'asst_1'."
                        },
                        new String[] {
                            "GET", "/v1/threads/thread_1", "No thread found with id 'thread_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/thread_1/messages",
                            "No thread found with id 'thread_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/thread_1/runs",
                            "No thread found with id 'thread_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/thread_1/runs/run_1",
                            "No thread found with id 'thread_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/" + thread + "/messages/msg_1",
                            "No message found with id 'msg_1'."
                        },
                        new String[] {
                            "DELETE",
                            "/v1/threads/" + thread + "/messages/msg_1",
                            "No message found with id 'msg_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/" + thread + "/messages?after=msg_1",
                            "No message found with id 'msg_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/" + thread + "/runs/run_1",
                            "No run found with id 'run_1'."
                        },
                        new String[] {
                            "POST",
                            "/v1/threads/" + thread + "/runs/run_1/cancel",
                            "No run found with id 'run_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/" + thread + "/runs/run_1/steps",
                            "No run found with id 'run_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/" + thread + "/runs/run_1/events",
                            "No run found with id 'run_1'."
                        },
                        new String[] {
                            "GET",
                            "/v1/threads/thread_%00",
                            "No thread found with id 'thread_\\u0000'."
                        })
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c[0] + " " + c[1],
                                        () ->
                                                Api.at(base)
                                                        .send(c[0], c[1], null)
                                                        .isError(404, c[2], null, null)));
    }

    @Test
    void aStepThatDoesNotExistIsNotFound() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        api.get("/v1/threads/" + thread + "/runs/" + run + "/steps/step_123")
                .isError(404, "No run step found with id 'step_123'.", null, null);
    }

    @Test
    void anAssistantThatDoesNotExistRunsNothing() {
        api.run(api.thread(), "asst_1")
                .isError(404, "No assistant found with id 'asst_1'.", null, null);
    }

    @Test
    void aModelThatDoesNotExistIsNotFound() {
        api.get("/v1/models/fake_id")
                .isError(404, "The model 'fake_id' does not exist", "model", "model_not_found");
    }

    @Test
    void aFileThatDoesNotExistCannotBeUsed() {
        api.post(
                        "/v1/assistants",
                        """
                        {"model":"m","tool_resources":{"code_interpreter":{"file_ids":["file-1"]}}}""")
                .isError(404, "No file found with id 'file-1'.", null, null);
    }

    @Test
    void anActiveRunHoldsItsThread() {
        String thread = api.thread();
        String assistant = api.assistant();
        String run = api.run(thread, assistant).id();
        api.run(thread, assistant)
                .isError(
                        400,
                        "Thread %s already has an active run %s.".formatted(thread, run),
                        null,
                        null);
        api.post("/v1/threads/" + thread + "/messages", "{\"role\":\"user\",\"content\":\"x\"}")
                .isError(
                        400,
                        "Can't add messages to %s while a run %s is active.".formatted(thread, run),
                        null,
                        null);
    }

    @Test
    void aRunNeedsAUsersMessageOrInstructions() {
        String thread = api.post("/v1/threads", null).id();
        String assistant = api.assistant();
        String text =
                "Run creation requires a Thread with a user message or an assistant with"
                        + " instructions.";
        api.run(thread, assistant).isError(400, text, null, "invalid_thread");
        api.post("/v1/threads/runs", "{\"assistant_id\":\"" + assistant + "\"}")
                .isError(400, text, null, "invalid_thread");
        assertThat(
                        api.post(
                                        "/v1/threads/" + thread + "/runs",
                                        "{\"assistant_id\":\"%s\",\"instructions\":\"Go.\"}"
                                                .formatted(assistant))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void anActiveRunCannotBeModified() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        api.post("/v1/threads/" + thread + "/runs/" + run, "{\"metadata\":{\"a\":\"b\"}}")
                .isError(400, "Cannot update run with status 'queued'.", null, null);
    }

    @Test
    void aQueuedRunTakesNoOutputs() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        api.post(
                        "/v1/threads/" + thread + "/runs/" + run + "/submit_tool_outputs",
                        "{\"tool_outputs\":[]}")
                .isError(400, "Runs in status \"queued\" do not accept tool outputs.", null, null);
    }

    @Test
    void outputsMustBeThoseThatAreWanted() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        RunRow row = worker.calls(worker.claims(run), "f", "g");
        var ids = TestWorker.callIds(row.run());
        api.post(
                        "/v1/threads/" + thread + "/runs/" + run + "/submit_tool_outputs",
                        "{\"tool_outputs\":[{\"tool_call_id\":\"%s\",\"output\":\"x\"}]}"
                                .formatted(ids.getFirst()))
                .isError(
                        400,
                        "Expected tool outputs for call_ids ['%s', '%s'], got ['%s']"
                                .formatted(ids.get(0), ids.get(1), ids.get(0)),
                        null,
                        null);
    }

    @Test
    void aRunIsCancelledOnce() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        String path = "/v1/threads/" + thread + "/runs/" + run;
        assertThat(api.post(path + "/cancel", null).json().path("status").asText())
                .isEqualTo("cancelling");
        api.post(path + "/cancel", null)
                .isError(400, "Cannot cancel run with status 'cancelling'.", null, null);
    }

    @Test
    void aCompletedRunCannotBeCancelled() {
        String thread = api.thread();
        String run = api.run(thread, api.assistant()).id();
        worker.completes(worker.claims(run), "done");
        api.post("/v1/threads/" + thread + "/runs/" + run + "/cancel", null)
                .isError(400, "Cannot cancel run with status 'completed'.", null, null);
    }

    @Test
    void nulIsHarmlessInContent() {
        String path = "/v1/threads/" + api.thread() + "/messages";
        Api.Answer made =
                api.post(
                        path,
                        """
                        {"role":"user","content":"a\\u0000b","metadata":{"k\\u0000":"\\u0000"}}""");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(api.get(path + "/" + made.id()).body()).isEqualTo(made.body());
    }

    @Test
    void schemasAreEchoedAsTheyWereGiven() {
        Api.Answer made =
                api.post(
                        "/v1/assistants",
                        """
                        {"model":"m","tools":[{"type":"function","function":{"name":"f","parameters":
                        {"z":1.0,"a":100.50,"big":12345678901234567890123,"nested":{"y":null,"x":[]}}}}]}""");
        assertThat(made.body())
                .contains("\"z\": 1.0,", "\"a\": 100.50,", "12345678901234567890123")
                .containsSubsequence("\"z\"", "\"a\"", "\"big\"", "\"y\"", "\"x\"");
        assertThat(api.get("/v1/assistants/" + made.id()).body()).isEqualTo(made.body());
    }

    @Test
    void anExplicitNullIsLeftOut() {
        String assistant = api.assistant();
        Api.Answer run =
                api.post(
                        "/v1/threads/" + api.thread() + "/runs",
                        """
                        {"assistant_id":"%s","tool_choice":null,"response_format":null,
                         "temperature":null,"truncation_strategy":null,"tools":null,"metadata":null,
                         "max_completion_tokens":null,"reasoning_effort":null,"model":null}"""
                                .formatted(assistant));
        assertThat(run.json().path("model").asText()).isEqualTo("gpt-4o");
        assertThat(run.json().path("tool_choice").asText()).isEqualTo("auto");
    }

    @Test
    void additionalInstructionsFollowTheOthers() {
        Api.Answer assistant =
                api.post("/v1/assistants", "{\"model\":\"m\",\"instructions\":\"Be kind.\"}");
        Api.Answer run =
                api.post(
                        "/v1/threads/" + api.thread() + "/runs",
                        """
                        {"assistant_id":"%s","additional_instructions":"Be brief.",
                         "additional_messages":[{"role":"user","content":"more"}]}"""
                                .formatted(assistant.id()));
        assertThat(run.json().path("instructions").asText()).isEqualTo("Be kind.\n\nBe brief.");
        String messages = "/v1/threads/" + run.json().path("thread_id").asText() + "/messages";
        assertThat(
                        api.get(messages)
                                .json()
                                .path("data")
                                .get(0)
                                .at("/content/0/text/value")
                                .asText())
                .isEqualTo("more");
    }
}
