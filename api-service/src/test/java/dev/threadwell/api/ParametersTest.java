package dev.threadwell.api;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What can be wrong with a body or a query: which problem is named, and how. */
@QuarkusTest
class ParametersTest {

    private static final String NOT_JSON =
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't"
                    + " using your HTTP library correctly. The OpenAI API expects a JSON payload,"
                    + " but what was sent was not valid JSON. If you have trouble figuring out how"
                    + " to fix this, please contact us through our help center at help.openai.com.)";

    @TestHTTPResource("/")
    URI base;

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
}
