package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{}}";

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("no messages", Chat.user("x").without("messages"), "messages"),
                bad("empty messages", Chat.empty(), "messages"),
                bad("messages are no list", Chat.empty().with("messages", "5"), "messages"),
                bad("no model", Chat.user("x").without("model"), null),
                bad(
                        "unknown parameter",
                        Chat.user("x").with("tool_resources", "{}"),
                        "tool_resources"),
                bad("unknown role", Chat.empty().message("robot", "x"), "messages[0].role"),
                bad("no content", messages("[{'role':'user'}]"), "messages[0].content"),
                bad(
                        "null content",
                        messages("[{'role':'user','content':null}]"),
                        "messages[0].content"),
                bad(
                        "unknown message field",
                        messages("[{'role':'user','content':'x','thread_id':'t'}]"),
                        "messages[0].thread_id"),
                bad(
                        "unknown part",
                        messages("[{'role':'user','content':[{'type':'image_file'}]}]"),
                        "messages[0].content[0].type"),
                bad(
                        "an image in a system message",
                        messages(
                                "[{'role':'system','content':[{'type':'image_url','image_url':{'url':'u'}}]}]"),
                        "messages[0].content[0].type"),
                bad(
                        "a tool message after no call",
                        Chat.user("x").output("c1", "y"),
                        "messages.[1].role"),
                bad(
                        "a tool message for another call",
                        Chat.user("x").calling("c1", "f").output("c2", "y"),
                        "messages.[2].tool_call_id"),
                bad(
                        "a call answered twice",
                        Chat.user("x").calling("c1", "f").output("c1", "y").output("c1", "z"),
                        "messages.[3].tool_call_id"),
                bad(
                        "a call not answered before the next message",
                        Chat.user("x").calling("c1", "f").message("user", "y"),
                        "messages.[2].role"),
                bad(
                        "a call not answered at the end",
                        Chat.user("x").calling("c1", "f"),
                        "messages.[1].role"),
                bad(
                        "a late answer",
                        Chat.user("x")
                                .calling("c1", "f")
                                .output("c1", "y")
                                .message("assistant", "z")
                                .output("c1", "y"),
                        "messages.[4].role"),
                bad(
                        "no calls in a list of calls",
                        messages("[{'role':'assistant','content':'x','tool_calls':[]}]"),
                        "messages[0].tool_calls"),
                bad("no tools in a list of tools", Chat.user("x").with("tools", "[]"), "tools"),
                bad(
                        "a tool that is no function",
                        Chat.user("x").with("tools", "[{\"type\":\"file_search\"}]"),
                        "tools[0].type"),
                bad(
                        "a function's name with a space",
                        Chat.user("x").offering("get weather", "", SCHEMA),
                        "tools[0].function.name"),
                bad(
                        "a function's name that is too long",
                        Chat.user("x").offering("f".repeat(65), "", SCHEMA),
                        "tools[0].function.name"),
                bad(
                        "parameters that are no object's schema",
                        Chat.user("x").offering("f", "", "{\"type\":\"string\"}"),
                        "tools[0].function.parameters"),
                bad(
                        "a choice without tools",
                        Chat.user("x").with("tool_choice", "\"auto\""),
                        "tool_choice"),
                bad(
                        "an unknown choice",
                        Chat.user("x").offering("f", "", SCHEMA).with("tool_choice", "\"maybe\""),
                        "tool_choice"),
                bad(
                        "a choice of a function that is not offered",
                        Chat.user("x")
                                .offering("f", "", SCHEMA)
                                .with("tool_choice", "{\"function\":{\"name\":\"g\"}}"),
                        "tool_choice"),
                bad(
                        "parallel calls without tools",
                        Chat.user("x").with("parallel_tool_calls", "true"),
                        "parallel_tool_calls"),
                bad(
                        "stream options without a stream",
                        Chat.user("x").with("stream_options", "{\"include_usage\":true}"),
                        "stream_options"),
                bad(
                        "a stream that is no boolean",
                        Chat.user("x").with("stream", "\"yes\""),
                        "stream"),
                bad("no tokens at all", Chat.user("x").with("max_tokens", "0"), "max_tokens"),
                bad("a high temperature", Chat.user("x").with("temperature", "2.5"), "temperature"),
                bad("several choices", Chat.user("x").with("n", "2"), "n"),
                bad(
                        "an unknown format",
                        Chat.user("x").with("response_format", "{\"type\":\"xml\"}"),
                        "response_format.type"),
                bad(
                        "a JSON object that nobody speaks of",
                        Chat.user("x").with("response_format", "{\"type\":\"json_object\"}"),
                        "messages"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatAStrictProviderRefusesIsRefused(String what, Chat chat, String param)
            throws Exception {
        var reply = simulator.complete(chat);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.error().path("param").asText(null)).isEqualTo(param);
        assertThat(reply.error().path("message").asText()).isNotEmpty();
    }

    @Test
    void unansweredCallsAreNamed() throws Exception {
        var reply = simulator.complete(Chat.user("x").calling("c1", "f").message("user", "y"));

        assertThat(reply.error().path("message").asText())
                .isEqualTo(
                        "An assistant message with 'tool_calls' must be followed by tool messages"
                                + " responding to each 'tool_call_id'. The following tool_call_ids"
                                + " did not have response messages: c1");
    }

    @Test
    void textMayComeInParts() throws Exception {
        var chat =
                messages(
                        "[{'role':'user','content':[{'type':'text','text':'Look at this'},"
                                + "{'type':'image_url','image_url':{'url':'data:,'}}]}]");

        assertThat(simulator.complete(chat).content()).contains("\"Look at this\"");
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws Exception {
        var reply = simulator.post(RunningSimulator.COMPLETIONS, "{\"model\":");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asText()).contains("could not parse");
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        var reply = simulator.complete(Chat.user("x".repeat(RequestBody.LIMIT)));

        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        var reply = simulator.post("/v1/completions", "{}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error().path("message").asText())
                .isEqualTo("Invalid URL (POST /v1/completions)");
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        assertThat(simulator.get(RunningSimulator.COMPLETIONS).status()).isEqualTo(405);
    }

    @Test
    void modelsAreListed() throws Exception {
        assertThat(simulator.get("/v1/models").json().path("data").findValuesAsText("id"))
                .contains("threadwell-simulator", "gpt-4o", "gpt-4o-mini", "gpt-3.5-turbo");
    }

    @Test
    void aListedModelCanBeRead() throws Exception {
        var model = simulator.get("/v1/models/gpt-4o").json();

        assertThat(model.path("object").asText()).isEqualTo("model");
        assertThat(model.path("owned_by").asText()).isEqualTo("threadwell-simulator");
    }

    @Test
    void anUnlistedModelIsNotFound() throws Exception {
        assertThat(simulator.get("/v1/models/other").error().path("code").asText())
                .isEqualTo("model_not_found");
    }

    @Test
    void completionsAcceptAnyModel() throws Exception {
        var reply = simulator.complete(Chat.user("x").with("model", "\"somebody/model:7b\""));

        assertThat(reply.json().path("model").asText()).isEqualTo("somebody/model:7b");
    }

    private static Chat messages(String json) {
        return Chat.empty().with("messages", json.replace('\'', '"'));
    }

    private static Arguments bad(String what, Chat chat, String param) {
        return Arguments.of(what, chat, param);
    }
}
