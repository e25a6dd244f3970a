package dev.threadwell.toolworker.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.CallContexts;
import dev.threadwell.persistence.tool.ToolSecret;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CallsInMemory;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.LocalEgress;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an endpoint is sent, what it may answer, and what the model is told. */
class HttpFunctionTest {

    /** For how many seconds an endpoint is waited for that answers at once. */
    private static final int LONG = 120;

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static Vertx vertx;
    private static Egress egress;

    private final CallsInMemory calls = new CallsInMemory();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private @Nullable HttpServer server;

    private record Received(Map<String, String> headers, byte[] body) {

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }
    }

    private static final CallContexts CONTEXTS =
            new CallContexts(null) {
                @Override
                public Uni<CallContext> of(ToolRequested call, @Nullable String secretId) {
                    ToolSecret secret =
                            secretId == null
                                    ? ToolSecret.NONE
                                    : new ToolSecret(SECRET, Map.of("x-key", "quay"));
                    return Uni.createFrom().item(new CallContext("asst_ferry", secret));
                }
            };

    /** Answers the n-th request, counted from 1. */
    private String serves(BiConsumer<Integer, HttpServerRequest> answer) {
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.body()
                                                .onSuccess(
                                                        body -> {
                                                            Map<String, String> headers =
                                                                    new HashMap<>();
                                                            request.headers().forEach(headers::put);
                                                            received.add(
                                                                    new Received(
                                                                            headers,
                                                                            body.getBytes()));
                                                            answer.accept(received.size(), request);
                                                        }))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        return "http://127.0.0.1:" + server.actualPort() + "/call";
    }

    private static BiConsumer<Integer, HttpServerRequest> status(int status, String body) {
        return (_, request) -> request.response().setStatusCode(status).end(body);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @BeforeAll
    static void openAll() {
        vertx = Vertx.vertx();
        egress = LocalEgress.open(vertx);
    }

    @AfterAll
    static void closeAll() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Binding bound(String url, int seconds, boolean repeatable) {
        return new Binding(new Binding.Http(url), null, seconds, repeatable, "secret_1");
    }

    private static Binding bound(String url) {
        return bound(url, LONG, true);
    }

    private static ToolRequested call(Binding binding) {
        Tool.Definition definition = new Tool.Definition("tides", null, Map.of(), false);
        return new ToolRequested(
                "proj",
                "thread_pier",
                "run_ferry",
                "step_1",
                "call_t",
                ToolKind.FUNCTION,
                new Tool.Function(definition, binding),
                "tides",
                "{\"day\":1}",
                Instant.now().getEpochSecond() + 600);
    }

    private ToolOutput execute(Binding binding) {
        HttpFunction function =
                new HttpFunction(
                        egress,
                        CONTEXTS,
                        calls,
                        cancelled,
                        InstantSource.system(),
                        Tracing.OFF,
                        1_000);
        return new FunctionTool(function, null).execute(call(binding));
    }

    private static ToolOutput text(String text) {
        return new ToolOutput.Text(text);
    }

    @Test
    void whatAnEndpointAnswersIsTheOutput() {
        String url = serves(status(200, "{\"metres\":2.4}"));
        assertThat(execute(bound(url))).isEqualTo(text("{\"metres\":2.4}"));
    }

    @Test
    void anEndpointLearnsWhoCallsWhat() {
        execute(bound(serves(status(204, ""))));
        JsonNode body = received.getFirst().json();
        assertThat(body.path("type").asText()).isEqualTo("function.called");
        assertThat(body.path("data").toString())
                .isEqualTo(
                        "{\"tool_call_id\":\"call_t\",\"name\":\"tides\",\"arguments\":{\"day\":1},"
                                + "\"run_id\":\"run_ferry\",\"thread_id\":\"thread_pier\","
                                + "\"assistant_id\":\"asst_ferry\"}");
    }

    @Test
    void aRequestIsSignedAndCarriesTheSecretHeaders() {
        execute(bound(serves(status(204, ""))));
        Received request = received.getFirst();
        String id = request.headers().get("webhook-id");
        long time = Long.parseLong(request.headers().get("webhook-timestamp"));
        assertThat(id).isEqualTo("step_1.call_t");
        assertThat(request.headers())
                .containsEntry("x-key", "quay")
                .containsEntry(
                        "webhook-signature", WebhookSignature.of(SECRET, id, time, request.body()));
    }

    @Test
    void aRefusalIsToldToTheModelAndNotRepeated() {
        String url = serves(status(404, "no such harbour"));
        assertThat(execute(bound(url)))
                .isEqualTo(text("The function answered with status 404: no such harbour"));
        assertThat(received).hasSize(1);
    }

    @Test
    void anEndpointThatFailsIsAskedAgainUnderTheSameId() {
        String url =
                serves(
                        (n, request) ->
                                request.response().setStatusCode(n == 1 ? 500 : 200).end("high"));
        assertThat(execute(bound(url))).isEqualTo(text("high"));
        assertThat(received).hasSize(2);
        assertThat(received)
                .extracting(r -> r.headers().get("webhook-id"))
                .containsOnly("step_1.call_t");
    }

    @Test
    void anEndpointThatWantsTimeBeyondTheDeadlineIsNotAskedAgain() {
        String url =
                serves(
                        (_, request) ->
                                request.response()
                                        .setStatusCode(429)
                                        .putHeader("retry-after", "3600")
                                        .end("later"));
        assertThat(execute(bound(url)))
                .isEqualTo(text("The function answered with status 429: later"));
        assertThat(received).hasSize(1);
    }

    @Test
    void anEndpointThatSaysNothingIsGivenUpAtTheDeadline() {
        String url = serves((_, _) -> {});
        assertThat(execute(bound(url, 1, true)))
                .isEqualTo(text("The function did not answer in time."));
    }

    @Test
    void anEndpointThatSaysNothingIsNotWaitedForWhenTheRunIsCancelled() {
        String url = serves((_, _) -> cancelled.add("run_ferry"));
        assertThatThrownBy(() -> execute(bound(url, 600, true)))
                .isInstanceOf(CancelledRuns.Cancelled.class);
    }

    @Test
    void anEndpointThatFailsIsNotAskedAgainWhenTheRunIsCancelled() {
        String url =
                serves(
                        (_, request) ->
                                request.response()
                                        .setStatusCode(503)
                                        .putHeader("retry-after", "60")
                                        .end("busy")
                                        .onComplete(_ -> cancelled.add("run_ferry")));
        assertThatThrownBy(() -> execute(bound(url, 600, true)))
                .isInstanceOf(CancelledRuns.Cancelled.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotTaken() {
        String url = serves(status(200, "x".repeat(1_001)));
        assertThat(execute(bound(url)))
                .isEqualTo(text("The function answered, but its answer is larger than 1000 bytes"));
    }

    @Test
    void aUrlThatMayNotBeCalledIsNotCalled() {
        assertThat(execute(bound("http://169.254.169.254/latest/meta-data")))
                .isEqualTo(
                        text(
                                "The function's URL may not be called: its host is not on the"
                                        + " public Internet"));
    }

    @Test
    void whatMayHaveBeenExecutedIsNotRepeatedIfItMustNotBe() {
        String url = serves(status(500, "half done"));
        assertThat(execute(bound(url, LONG, false)))
                .isEqualTo(text("The function answered with status 500: half done"));
        assertThat(received).hasSize(1);
    }

    @Test
    void aCallThatAWorkerDiedWithFailsItsRunIfItMustNotBeRepeated() {
        String url = serves(status(200, "done"));
        Binding once = bound(url, LONG, false);
        calls.begin(call(once), false, Instant.now()).await().indefinitely();
        assertThat(execute(once))
                .isInstanceOfSatisfying(
                        ToolOutput.Failed.class,
                        failed ->
                                assertThat(failed.error().message())
                                        .contains("tides", "must not be executed twice"));
        assertThat(received).isEmpty();
    }

    @Test
    void aCallThatWasAnsweredBeforeIsAnsweredLikewise() {
        String url = serves(status(200, "done"));
        Binding once = bound(url, LONG, false);
        execute(once);
        assertThat(execute(once)).isEqualTo(text("done"));
        assertThat(received).hasSize(1);
    }
}
