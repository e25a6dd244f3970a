package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.store.RunRow;
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

    private static final String NOT_JSON =
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't"
                    + " using your HTTP library correctly. The OpenAI API expects a JSON payload,"
                    + " but what was sent was not valid JSON. If you have trouble figuring out how"
                    + " to fix this, please contact us through our help center at help.openai.com.)";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    private record Case(String path, String body, String message, String param, String code) {}

    private static Case wrong(String path, String body, String message, String param, String code) {
        return new Case(path, body, message, param, code);
    }

    private static final String A = "/v1/assistants";
    private static final String T = "/v1/threads";
    private static final String R = "/v1/threads/thread_x/runs";
    private static final String M = "/v1/threads/thread_x/messages";

    private static Stream<Case> cases() {
        return Stream.of(
                wrong(
                        A,
                        "{}",
                        "Missing required parameter: 'model'.",
                        "model",
                        "missing_required_parameter"),
                wrong(
                        A,
                        "{\"x\":1}",
                        "Missing required parameter: 'model'.",
                        "model",
                        "missing_required_parameter"),
                wrong(
                        A,
                        "{\"model\":1,\"x\":1}",
                        "Unknown parameter: 'x'.",
                        "x",
                        "unknown_parameter"),
                wrong(
                        A,
                        "{\"model\":1}",
                        "Invalid type for 'model': expected a string, but got an integer instead.",
                        "model",
                        "invalid_type"),
                wrong(
                        A,
                        "{\"model\":null}",
                        "Invalid type for 'model': expected a string, but got null instead.",
                        "model",
                        "invalid_type"),
                wrong(
                        A,
                        "{\"model\":\"\"}",
                        "Invalid 'model': empty string. Expected a string with minimum length 1, but got an empty string instead.",
                        "model",
                        "empty_string"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"tools\":[{}]}",
                        "Missing required parameter: 'tools[0].type'.",
                        "tools[0].type",
                        "missing_required_parameter"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"tools\":[{\"type\":\"retrieval\"}]}",
                        "Invalid value: 'retrieval'. Supported values are: 'code_interpreter', 'function', and 'file_search'.",
                        "tools[0].type",
                        "invalid_value"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]}",
                        "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                        "tools[0].function.name",
                        "invalid_value"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"tools\":["
                                + "{\"type\":\"code_interpreter\"},".repeat(128)
                                + "{\"type\":\"code_interpreter\"}]}",
                        "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 129 instead.",
                        "tools",
                        "array_above_max_length"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"tools\":\"x\"}",
                        "Invalid type for 'tools': expected an array of objects, but got a string instead.",
                        "tools",
                        "invalid_type"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"temperature\":3}",
                        "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
                        "temperature",
                        "decimal_above_max_value"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"top_p\":-0.1}",
                        "Invalid 'top_p': decimal below minimum value. Expected a value >= 0, but got -0.1 instead.",
                        "top_p",
                        "decimal_below_min_value"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"name\":\"" + "n".repeat(257) + "\"}",
                        "Invalid 'name': string too long. Expected a string with maximum length 256, but got a string with length 257 instead.",
                        "name",
                        "string_above_max_length"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"metadata\":{\"modified\":true}}",
                        "Invalid type for 'metadata.modified': expected a string, but got a boolean instead.",
                        "metadata.modified",
                        "invalid_type"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"metadata\":{\"k\":\"" + "v".repeat(600) + "\"}}",
                        "Invalid 'metadata.k': string too long. Expected a string with maximum length 512, but got a string with length 600 instead.",
                        "metadata.k",
                        "string_above_max_length"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"metadata\":{\"" + "k".repeat(70) + "\":\"v\"}}",
                        "Invalid property name in 'metadata': '"
                                + "k".repeat(70)
                                + "' is too long. Expected a string with maximum length 64, but got a string with length 70 instead.",
                        "metadata." + "k".repeat(70),
                        "property_name_above_max_length"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"metadata\":" + pairs(17) + "}",
                        "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an object with 17 properties instead.",
                        "metadata",
                        "object_above_max_properties"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"response_format\":{\"type\":\"xml\"}}",
                        "Invalid value: 'xml'. Supported values are: 'text', 'json_object', and 'json_schema'.",
                        "response_format.type",
                        "invalid_value"),
                wrong(
                        A,
                        "{\"model\":\"m\",\"response_format\":7}",
                        "Invalid type for 'response_format': expected one of a string or object, but got an integer instead.",
                        "response_format",
                        "invalid_type"),
                wrong(A, "[]", NOT_JSON, null, null),
                wrong(A, "{\"model\":", NOT_JSON, null, null),
                wrong(A, "{\"model\":\"m\"} x", NOT_JSON, null, null),
                wrong(A, "{\"model\":\"\\ud800\"}", NOT_JSON, null, null),
                wrong(A, "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000), NOT_JSON, null, null),
                wrong(T, "{\"foo\":1}", "Unknown parameter: 'foo'.", "foo", "unknown_parameter"),
                wrong(
                        T,
                        "{\"messages\":[{\"role\":\"user\"}]}",
                        "Missing required parameter: 'messages[0].content'.",
                        "messages[0].content",
                        "missing_required_parameter"),
                wrong(
                        T + "/runs",
                        "{\"assistant_id\":\"asst_1\",\"thread\":{\"foo\":1}}",
                        "Unknown parameter: 'thread.foo'.",
                        "thread.foo",
                        "unknown_parameter"),
                wrong(
                        T + "/runs",
                        "{}",
                        "Missing required parameter: 'assistant_id'.",
                        "assistant_id",
                        "missing_required_parameter"),
                wrong(
                        T + "/runs",
                        "{\"assistant_id\":\"gpt\"}",
                        "Invalid 'assistant_id': 'gpt'. Expected an ID that begins with 'asst'.",
                        "assistant_id",
                        "invalid_value"),
                wrong(
                        M,
                        "{\"role\":\"system\",\"content\":\"x\"}",
                        "Invalid value: 'system'. Supported values are: 'user' and 'assistant'.",
                        "role",
                        "invalid_value"),
                wrong(
                        M,
                        "{\"role\":\"user\",\"content\":7}",
                        "Invalid type for 'content': expected one of a string or array of objects, but got an integer instead.",
                        "content",
                        "invalid_type"),
                wrong(
                        M,
                        "{\"role\":\"user\",\"content\":\"\"}",
                        "Invalid 'content': empty string. Expected a string with minimum length 1, but got an empty string instead.",
                        "content",
                        "empty_string"),
                wrong(
                        M,
                        "{\"role\":\"user\",\"content\":[]}",
                        "Invalid 'content': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                        "content",
                        "empty_array"),
                wrong(
                        M,
                        "{\"role\":\"user\",\"content\":\"" + "x".repeat(256_001) + "\"}",
                        "Invalid 'content': string too long. Expected a string with maximum length 256000, but got a string with length 256001 instead.",
                        "content",
                        "string_above_max_length"),
                wrong(
                        M + "/undefined",
                        "{}",
                        "Invalid 'message_id': 'undefined'. Expected an ID that begins with 'msg'.",
                        "message_id",
                        "invalid_value"),
                wrong(
                        T + "/undefined",
                        "{}",
                        "Invalid 'thread_id': 'undefined'. Expected an ID that begins with 'thread'.",
                        "thread_id",
                        "invalid_value"),
                wrong(
                        R + "/x/cancel",
                        "{}",
                        "Invalid 'run_id': 'x'. Expected an ID that begins with 'run'.",
                        "run_id",
                        "invalid_value"),
                wrong(
                        R,
                        "{\"assistant_id\":\"asst_1\",\"max_prompt_tokens\":0}",
                        "Invalid 'max_prompt_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                        "max_prompt_tokens",
                        "integer_below_min_value"),
                wrong(
                        R,
                        "{\"assistant_id\":\"asst_1\",\"tool_choice\":\"never\"}",
                        "Invalid value: 'never'. Supported values are: 'none', 'auto', and 'required'.",
                        "tool_choice",
                        "invalid_value"),
                wrong(
                        R,
                        "{\"assistant_id\":\"asst_1\",\"stream\":\"yes\"}",
                        "Invalid type for 'stream': expected a boolean, but got a string instead.",
                        "stream",
                        "invalid_type"),
                wrong(
                        R + "/run_1/submit_tool_outputs",
                        "{}",
                        "Missing required parameter: 'tool_outputs'.",
                        "tool_outputs",
                        "missing_required_parameter"),
                wrong(
                        R + "/run_1/submit_tool_outputs",
                        "{\"tool_outputs\":[{}]}",
                        "Missing required parameter: 'tool_outputs[0].tool_call_id'.",
                        "tool_outputs[0].tool_call_id",
                        "missing_required_parameter"));
    }

    private static String pairs(int count) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }
        return json.append("}").toString();
    }

    @TestFactory
    Stream<DynamicTest> aWrongParameterIsNamed() {
        return cases().map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.path() + " " + c.message(),
                                        () ->
                                                Api.at(base)
                                                        .post(c.path(), c.body())
                                                        .isError(
                                                                400,
                                                                c.message(),
                                                                c.param(),
                                                                c.code())));
    }

    @TestFactory
    Stream<DynamicTest> aWrongQueryIsNamed() {
        return Stream.of(
                        wrong(
                                "limit=0",
                                null,
                                "Invalid 'limit': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                                "limit",
                                "integer_below_min_value"),
                        wrong(
                                "limit=101",
                                null,
                                "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 instead.",
                                "limit",
                                "integer_above_max_value"),
                        wrong(
                                "limit=ten",
                                null,
                                "Invalid type for 'limit': expected an integer, but got a string instead.",
                                "limit",
                                "invalid_type"),
                        wrong(
                                "order=up",
                                null,
                                "Invalid value: 'up'. Supported values are: 'asc' and 'desc'.",
                                "order",
                                "invalid_value"),
                        wrong(
                                "after=msg_1",
                                null,
                                "Invalid 'after': 'msg_1'. Expected an ID that begins with 'asst'.",
                                "after",
                                "invalid_value"))
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.path(),
                                        () ->
                                                Api.at(base)
                                                        .get("/v1/assistants?" + c.path())
                                                        .isError(
                                                                400,
                                                                c.message(),
                                                                c.param(),
                                                                c.code())));
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
