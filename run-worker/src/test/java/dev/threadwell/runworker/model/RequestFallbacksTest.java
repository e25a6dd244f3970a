package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * If a provider refuses a part of a request, the part is left out, and so it is in later requests.
 */
class RequestFallbacksTest {

    @RegisterExtension static final Provider PROVIDER = new Provider();

    private static final String HI =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";

    private static final String CONVERSATION =
            """
            {"model":"m","max_completion_tokens":9,"stream_options":{"include_usage":true},
             "parallel_tool_calls":false,"messages":[{"role":"user","content":"Hi"},
             {"role":"assistant","content":"","reasoning_content":"Hm.","tool_calls":[
              {"id":"functions.weather:0","type":"function","extra_content":{"google":"sig"},
               "function":{"name":"weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"functions.weather:0","content":"sunny"},
             {"role":"assistant","content":"","tool_calls":[
              {"id":"functions.weather:0","type":"function","function":{"name":"weather","arguments":"{}"}},
              {"id":"b","type":"function","function":{"name":"weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"functions.weather:0","content":"rainy"},
             {"role":"tool","tool_call_id":"b","content":"windy"}]}""";

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Function<JsonNode, @Nullable String>> refusal =
            new AtomicReference<>(request -> null);
    private final HttpServer server =
            Provider.await(
                    PROVIDER.vertx
                            .createHttpServer()
                            .requestHandler(
                                    request ->
                                            request.bodyHandler(
                                                    body -> {
                                                        JsonNode asked =
                                                                Json.read(
                                                                        body.getBytes(),
                                                                        JsonNode.class);
                                                        requests.add(asked);
                                                        String why = refusal.get().apply(asked);
                                                        request.response()
                                                                .setStatusCode(
                                                                        why == null ? 200 : 400)
                                                                .end(why == null ? HI : why);
                                                    }))
                            .listen(0, "127.0.0.1"));
    private final ModelClient client =
            new ModelClient(
                    PROVIDER.vertx,
                    Provider.config("http://127.0.0.1:" + server.actualPort() + "/v1"),
                    (InstantSource) now::get);

    @AfterEach
    void close() {
        Provider.await(server.close());
    }

    private Heard ask() {
        return ask("m");
    }

    private Heard ask(String model) {
        Heard heard = new Heard();
        PROVIDER.vertx
                .getOrCreateContext()
                .runOnContext(
                        ignored -> {
                            var _ =
                                    client.stream(
                                            model,
                                            CONVERSATION.getBytes(
                                                    java.nio.charset.StandardCharsets.UTF_8),
                                            heard);
                        });
        return heard;
    }

    private void refuses(String path, String why) {
        refusal.set(request -> request.findPath(path).isMissingNode() ? null : why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_completion_tokens | {\"error\":{\"message\":\"Unrecognized request argument supplied: max_completion_tokens\"}}",
                "max_completion_tokens | {\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"max_completion_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}",
                "stream_options        | {\"object\":\"error\",\"message\":\"stream_options is not supported\"}",
                "parallel_tool_calls   | {\"error\":\"Unknown parameter: 'parallel_tool_calls'.\"}",
                "reasoning_content     | {\"error\":{\"message\":\"Unknown parameter: 'messages[1].reasoning_content'.\"}}",
                "extra_content         | {\"message\":\"messages.1.tool_calls.0.extra_content: Extra inputs are not permitted\"}",
            })
    void whatIsRefusedIsLeftOut(String field, String why) {
        refuses(field, why);

        assertThat(ask().untilItEnds().text()).isEqualTo("Hi");
        assertThat(requests).hasSize(2);
        assertThat(requests.getLast().findPath("tool_calls").size()).isEqualTo(1);
    }

    @Test
    void theLimitOfTokensHasAnOlderName() {
        refuses("max_completion_tokens", "{\"error\":\"max_completion_tokens?\"}");

        ask().untilItEnds();

        assertThat(requests.getLast().path("max_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void severalThingsMayBeRefusedOneAfterTheOther() {
        refusal.set(
                request ->
                        request.has("max_completion_tokens")
                                ? "max_completion_tokens is unknown"
                                : request.has("stream_options")
                                        ? "stream_options is unknown"
                                        : request.has("parallel_tool_calls")
                                                ? "parallel_tool_calls is unknown"
                                                : null);

        assertThat(ask().untilItEnds().text()).isEqualTo("Hi");
        assertThat(requests).hasSize(4);
    }

    @Test
    void whatHelpedIsRememberedForTheModelForAnHour() {
        refuses("max_completion_tokens", "max_completion_tokens is unknown");
        ask().untilItEnds();
        requests.clear();

        ask().untilItEnds();
        assertThat(requests).hasSize(1);
        ask("another").untilItEnds();
        assertThat(requests).hasSize(3);
        now.set(now.get().plus(Duration.ofMinutes(61)));
        ask().untilItEnds();
        assertThat(requests).hasSize(5);
    }

    @Test
    void whatHelpedIsForgottenWhenItIsRefused() {
        refuses("max_completion_tokens", "max_completion_tokens is unknown");
        ask().untilItEnds();
        refuses("max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.");

        assertThat(ask().untilItEnds().text()).isEqualTo("Hi");
        assertThat(requests.getLast().has("max_completion_tokens")).isTrue();
    }

    @Test
    void whatDoesNotHelpIsNotTriedTwice() {
        refusal.set(request -> "reasoning_content, max_completion_tokens and stream_options: no!");

        assertThat(ask().untilItFails().error().code()).isEqualTo("invalid_prompt");
        assertThat(requests).hasSizeLessThan(7);
    }

    @Test
    void aPromptThatIsRefusedIsNotAskedOtherwise() {
        refusal.set(request -> "{\"error\":{\"message\":\"Too long.\"}}");

        ask().untilItFails();

        assertThat(requests).hasSize(1);
    }

    @Test
    void reasoningThatIsDemandedOfEveryCallIsEmptyWhereThereIsNone() {
        refusal.set(
                request ->
                        request.findValues("tool_calls").size()
                                        > request.findValues("reasoning_content").size()
                                ? "The `reasoning_content` in the thinking mode must be passed back to the API."
                                : null);

        ask().untilItEnds();

        assertThat(requests.getLast().findValuesAsText("reasoning_content"))
                .containsExactly("Hm.", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"Tool call id was functions.weather:0 but must be a-z, A-Z, 0-9, with a length of 9.\",\"code\":\"3280\"}",
                "{\"error\":{\"message\":\"messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'\"}}",
                "{\"error\":{\"message\":\"Invalid 'messages[1].tool_calls[0].id': string too long.\"}}"
            })
    void idsAreMadeToFit(String why) {
        refusal.set(
                request ->
                        request.findValuesAsText("tool_call_id").stream()
                                        .allMatch(id -> id.matches("[a-zA-Z0-9]{9}"))
                                ? null
                                : why);

        assertThat(ask().untilItEnds().text()).isEqualTo("Hi");
        List<String> ids = ids(requests.getLast());
        assertThat(ids)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z0-9]{9}"));
        assertThat(requests.getLast().findValuesAsText("tool_call_id")).isEqualTo(ids);
        ask().untilItEnds();
        assertThat(ids(requests.getLast())).isEqualTo(ids);
    }

    private static List<String> ids(JsonNode request) {
        return request.findValues("tool_calls").stream()
                .flatMap(calls -> calls.findValuesAsText("id").stream())
                .toList();
    }

    @Test
    void aRefusalInsideAnAnswerIsARefusal() {
        HttpServer polite =
                Provider.await(
                        PROVIDER.vertx
                                .createHttpServer()
                                .requestHandler(
                                        request ->
                                                request.bodyHandler(
                                                        body ->
                                                                request.response()
                                                                        .end(
                                                                                body.toString()
                                                                                                .contains(
                                                                                                        "stream_options")
                                                                                        ? "{\"error\":\"stream_options is unknown\"}"
                                                                                        : HI)))
                                .listen(0, "127.0.0.1"));
        Heard heard = new Heard();
        PROVIDER.start(
                Provider.config("http://127.0.0.1:" + polite.actualPort() + "/v1"), "{}", heard);

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(polite.close());
    }
}
