package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.topic.Topics;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What may be said of a run and of what its functions returned. */
@QuarkusTest
class RunParametersTest {

    private static final String RUNS = "/v1/threads/thread_x/runs";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private static Wrong run(String more, String message, String param, String code) {
        return new Wrong(RUNS, "{'assistant_id':'asst_1'," + more + "}", message, param, code);
    }

    private static Wrong type(String name, String value, String expected, String got) {
        return run(
                "'%s':%s".formatted(name, value),
                "Invalid type for '%s': expected %s, but got %s instead."
                        .formatted(name, expected, got),
                name,
                "invalid_type");
    }

    private static Wrong value(String name, String value, String message, String param) {
        return run("'%s':%s".formatted(name, value), message, param, "invalid_value");
    }

    private static Wrong unknown(String path, String name) {
        return new Wrong(
                path,
                "{'assistant_id':'asst_1','%s':null}".formatted(name),
                "Unknown parameter: '%s'.".formatted(name),
                name,
                "unknown_parameter");
    }

    private static Wrong missing(String more, String param) {
        return run(
                more,
                "Missing required parameter: '%s'.".formatted(param),
                param,
                "missing_required_parameter");
    }

    @TestFactory
    Stream<DynamicTest> whatIsUnknownOrMissingIsNamed() {
        return Wrong.tests(
                base,
                unknown(RUNS, "thread"),
                unknown(RUNS, "tool_resources"),
                unknown(RUNS, "include"),
                unknown("/v1/threads/runs", "additional_messages"),
                unknown("/v1/threads/runs", "additional_instructions"),
                unknown("/v1/threads/runs", "reasoning_effort"),
                missing("'truncation_strategy':{}", "truncation_strategy.type"),
                missing(
                        "'truncation_strategy':{'type':'last_messages'}",
                        "truncation_strategy.last_messages"),
                missing("'tool_choice':{}", "tool_choice.type"),
                missing("'tool_choice':{'type':'function'}", "tool_choice.function"),
                missing(
                        "'tool_choice':{'type':'function','function':{}}",
                        "tool_choice.function.name"),
                missing("'response_format':{'type':'json_schema'}", "response_format.json_schema"),
                missing(
                        "'response_format':{'type':'json_schema','json_schema':{}}",
                        "response_format.json_schema.name"),
                missing(
                        "'additional_messages':[{'role':'user'}]",
                        "additional_messages[0].content"),
                missing("'tools':[{'type':'function'}]", "tools[0].function"),
                missing("'tools':[{'type':'function','function':{}}]", "tools[0].function.name"));
    }

    @TestFactory
    Stream<DynamicTest> aWrongTypeIsNamed() {
        return Wrong.tests(
                base,
                type("model", "7", "a string", "an integer"),
                type("instructions", "[]", "a string", "an array"),
                type("additional_instructions", "{}", "a string", "an object"),
                type("additional_messages", "'x'", "an array of objects", "a string"),
                type("tools", "{}", "an array of objects", "an object"),
                type("metadata", "[]", "an object", "an array"),
                type("temperature", "'1'", "a decimal", "a string"),
                type("top_p", "true", "a decimal", "a boolean"),
                type("stream", "1", "a boolean", "an integer"),
                type("max_prompt_tokens", "256.5", "an integer", "a decimal"),
                type("max_completion_tokens", "'256'", "an integer", "a string"),
                type("truncation_strategy", "'auto'", "an object", "a string"),
                type("tool_choice", "1", "one of a string or object", "an integer"),
                type("parallel_tool_calls", "'no'", "a boolean", "a string"),
                type("response_format", "true", "one of a string or object", "a boolean"),
                type("reasoning_effort", "1", "a string", "an integer"),
                run(
                        "'tools':[{'type':7}]",
                        "Invalid type for 'tools[0].type': expected a string, but got an integer"
                                + " instead.",
                        "tools[0].type",
                        "invalid_type"),
                run(
                        "'truncation_strategy':{'type':'last_messages','last_messages':null}",
                        "Invalid type for 'truncation_strategy.last_messages': expected an"
                                + " integer, but got null instead.",
                        "truncation_strategy.last_messages",
                        "invalid_type"));
    }

    @TestFactory
    Stream<DynamicTest> aWrongValueIsNamed() {
        return Wrong.tests(
                base,
                value(
                        "truncation_strategy",
                        "{'type':'middle'}",
                        "Invalid value: 'middle'. Supported values are: 'auto' and"
                                + " 'last_messages'.",
                        "truncation_strategy.type"),
                value(
                        "tool_choice",
                        "{'type':'retrieval'}",
                        "Invalid value: 'retrieval'. Supported values are: 'code_interpreter',"
                                + " 'function', and 'file_search'.",
                        "tool_choice.type"),
                value(
                        "response_format",
                        "'json'",
                        "Invalid value: 'json'. Supported values are: 'auto'.",
                        "response_format"),
                value(
                        "reasoning_effort",
                        "'huge'",
                        "Invalid value: 'huge'. Supported values are: 'none', 'minimal', 'low',"
                                + " 'medium', 'high', and 'xhigh'.",
                        "reasoning_effort"),
                value(
                        "response_format",
                        "{'type':'json_schema','json_schema':{'name':'a b'}}",
                        "Invalid 'response_format.json_schema.name': string does not match"
                                + " pattern. Expected a string that matches the pattern"
                                + " '^[a-zA-Z0-9_-]+$'.",
                        "response_format.json_schema.name"),
                run(
                        "'tools':[{'type':'function','function':{'name':''}}]",
                        "Invalid 'tools[0].function.name': empty string. Expected a string with"
                                + " minimum length 1, but got an empty string instead.",
                        "tools[0].function.name",
                        "empty_string"),
                run(
                        "'tools':[{'type':'function','function':{'name':'%s'}}]"
                                .formatted("f".repeat(65)),
                        "Invalid 'tools[0].function.name': string too long. Expected a string with"
                                + " maximum length 64, but got a string with length 65 instead.",
                        "tools[0].function.name",
                        "string_above_max_length"),
                run(
                        "'tools':["
                                + "{'type':'file_search'},".repeat(20)
                                + "{'type':'file_search'}]",
                        "Invalid 'tools': array too long. Expected an array with maximum length 20,"
                                + " but got an array with length 21 instead.",
                        "tools",
                        "array_above_max_length"),
                run(
                        "'truncation_strategy':{'type':'last_messages','last_messages':0}",
                        "Invalid 'truncation_strategy.last_messages': integer below minimum value."
                                + " Expected a value >= 1, but got 0 instead.",
                        "truncation_strategy.last_messages",
                        "integer_below_min_value"),
                run(
                        "'max_completion_tokens':99999999999",
                        "Invalid 'max_completion_tokens': integer above maximum value. Expected a"
                                + " value <= 2147483647, but got 99999999999 instead.",
                        "max_completion_tokens",
                        "integer_above_max_value"),
                run(
                        "'tools':[{'type':'file_search','file_search':{'max_num_results':51}}]",
                        "Invalid 'tools[0].file_search.max_num_results': integer above maximum"
                                + " value. Expected a value <= 50, but got 51 instead.",
                        "tools[0].file_search.max_num_results",
                        "integer_above_max_value"),
                run(
                        "'instructions':'%s'".formatted("x".repeat(256_001)),
                        "Invalid 'instructions': string too long. Expected a string with maximum"
                                + " length 256000, but got a string with length 256001 instead.",
                        "instructions",
                        "string_above_max_length"));
    }

    @TestFactory
    Stream<DynamicTest> aWrongSubmissionIsNamed() {
        String path = RUNS + "/run_1/submit_tool_outputs";
        return Wrong.tests(
                base,
                new Wrong(
                        path,
                        "{'tool_outputs':{}}",
                        "Invalid type for 'tool_outputs': expected an array of objects, but got an"
                                + " object instead.",
                        "tool_outputs",
                        "invalid_type"),
                new Wrong(
                        path,
                        "{'tool_outputs':[{'tool_call_id':'call_1','output':{}}]}",
                        "Invalid type for 'tool_outputs[0].output': expected a string, but got an"
                                + " object instead.",
                        "tool_outputs[0].output",
                        "invalid_type"),
                new Wrong(
                        path,
                        "{'tool_outputs':[{'tool_call_id':'call_1','result':'x'}]}",
                        "Unknown parameter: 'tool_outputs[0].result'.",
                        "tool_outputs[0].result",
                        "unknown_parameter"));
    }

    @Test
    void aModelThatIsRefusedIsNotUsed() {
        Api api = Api.at(base);
        String message = "The requested model 'refused' cannot be used with the Assistants API.";
        String assistant = api.assistant();
        api.post("/v1/assistants", "{\"model\":\"refused\"}")
                .isError(400, message, "model", "unsupported_model");
        api.post("/v1/assistants/" + assistant, "{\"model\":\"refused\"}")
                .isError(400, message, "model", "unsupported_model");
        api.post(
                        "/v1/threads/" + api.thread() + "/runs",
                        "{\"assistant_id\":\"%s\",\"model\":\"refused\"}".formatted(assistant))
                .isError(400, message, "model", "unsupported_model");
    }

    @Test
    void theLargestRunIsQueuedAndFound() {
        Api api = Api.at(base);
        String longest = "語".repeat(256_000);
        String tool =
                """
                {"type":"function","function":{"name":"f%d","parameters":{"type":"object","properties":
                {"a":{"type":"string","description":"%s"}}}}}""";
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 128; i++) {
            tools.append(i == 0 ? "" : ",").append(tool.formatted(i, "d".repeat(20_000)));
        }
        String assistant =
                api.post(
                                "/v1/assistants",
                                "{\"model\":\"m\",\"instructions\":\"%s\",\"tools\":[%s]}"
                                        .formatted(longest, tools))
                        .id();
        String message = "{\"role\":\"user\",\"content\":\"" + longest + "\"}";
        Api.Answer run =
                api.post(
                        "/v1/threads/" + api.thread() + "/runs",
                        """
                        {"assistant_id":"%s","additional_instructions":"%s","additional_messages":[%s,%s]}"""
                                .formatted(assistant, longest, message, message));
        assertThat(worker.claims(run.id()).run().instructions())
                .isEqualTo(longest + "\n\n" + longest);
    }

    @Test
    void aRunThatFitsIntoNoRecordIsRefused() {
        Api api = Api.at(base);
        String tool =
                "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"%s\"}}"
                        .formatted("語".repeat(Topics.MAX_RUN_BYTES / 3));
        Api.Answer refused =
                api.post(
                        "/v1/threads/" + api.thread() + "/runs",
                        "{\"assistant_id\":\"%s\",\"tools\":[%s]}"
                                .formatted(api.assistant(), tool));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/message").asText())
                .startsWith("The run is too large: ")
                .endsWith("The maximum is 8388608 bytes.");
    }
}
