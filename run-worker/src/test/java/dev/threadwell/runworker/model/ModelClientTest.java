package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.run.RunError;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.simulator.Simulator;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a provider with retries, and the arrival of its answer. */
class ModelClientTest {

    @RegisterExtension static final Provider PROVIDER = new Provider();

    /** Longer than any test waits. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** An answer in a single piece, so that no failure can interrupt it. */
    private static final String HI =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";

    private final String key = UUID.randomUUID().toString();
    private final Heard heard = new Heard();

    private ModelCall ask(Provider.Config config, String direction) {
        return PROVIDER.start(config, direction, heard);
    }

    private ModelCall ask(String direction) {
        return ask(PROVIDER.config(), direction);
    }

    /** The direction with a marker that identifies it among the requests of all tests. */
    private String marked(String direction) {
        return direction + " " + key;
    }

    private int requests() {
        return PROVIDER.requests(key);
    }

    @Test
    void anAnswerArrivesPieceByPieceAndThenItsEnd() {
        ask(
                """
                {"say":"Low tide is at six.","usage":{"prompt_tokens":70,"completion_tokens":7}}""");

        heard.untilItEnds();
        assertThat(heard.pieces()).hasSize(6);
        assertThat(heard.text()).isEqualTo("Low tide is at six.");
        assertThat(heard.events)
                .endsWith(
                        new ModelEvent.Finished("stop"),
                        new ModelEvent.Spent(Usage.of(70, 7, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split_utf8", "glue", "crlf", "comments"})
    void anAnswerIsTheSameHoweverItIsSent(String wire) {
        ask("{\"say\":\"潮水 rises 🌊 twice a day.\",\"%s\":true}".formatted(wire));

        assertThat(heard.untilItEnds().text()).isEqualTo("潮水 rises 🌊 twice a day.");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aProviderInTroubleIsAskedAgain(int status) {
        ask(
                """
                {"status":%d,"times":2,"key":"%s","say":"At last."}"""
                        .formatted(status, key));

        assertThat(heard.untilItEnds().text()).isEqualTo("At last.");
        assertThat(requests()).isEqualTo(3);
    }

    @Test
    void aProviderThatStaysInTroubleIsGivenUp() {
        ask(PROVIDER.config().attempts(2), marked("{\"status\":500}"));

        assertThat(heard.untilItFails().error()).isEqualTo(RunError.server());
        assertThat(requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":400}",
                "{\"status\":401}",
                "{\"status\":429,\"code\":\"insufficient_quota\"}"
            })
    void whatCannotSucceedIsNotTriedAgain(String direction) {
        ask(marked(direction));

        heard.untilItFails();
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsNotThereYetIsWaitedFor() throws IOException {
        try (SocketChannel held = Provider.heldPort()) {
            ask(
                    Provider.config(held)
                            .attempts(100_000)
                            .backoff(Duration.ofMillis(20), Duration.ofMillis(20)),
                    "{\"say\":\"Here I am.\"}");
            Simulator late =
                    Provider.await(
                            Simulator.start(
                                    PROVIDER.vertx, "127.0.0.1", held.socket().getLocalPort()));

            assertThat(heard.untilItEnds().text()).isEqualTo("Here I am.");
            Provider.await(late.stop());
        }
    }

    @Test
    void aProviderThatIsNeverThereIsGivenUp() throws IOException {
        try (SocketChannel held = Provider.heldPort()) {
            ask(Provider.config(held), "{}");

            assertThat(heard.untilItFails().error()).isEqualTo(RunError.server());
        }
    }

    @Test
    void thePauseDoublesFromAttemptToAttempt() {
        long start = System.nanoTime();

        ask(
                PROVIDER.config().attempts(4).backoff(Duration.ofMillis(40), LONG),
                marked("{\"status\":500}"));

        heard.untilItFails();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(40 + 80 + 160));
    }

    @Test
    void aProviderMayAskForAShorterPause() {
        ask(
                PROVIDER.config().backoff(LONG, LONG),
                """
                {"status":503,"retry_after":0.05,"times":1,"key":"%s","say":"At last."}"""
                        .formatted(key));

        assertThat(heard.untilItEnds().text()).isEqualTo("At last.");
    }

    @Test
    void aProviderMayAskForALongerPause() {
        long start = System.nanoTime();

        ask(
                PROVIDER.config().backoff(Duration.ofMillis(1), LONG),
                """
                {"status":429,"retry_after":0.3,"times":1,"key":"%s","say":"At last."}"""
                        .formatted(key));

        heard.untilItEnds();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        ask(
                PROVIDER.config().backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
                """
                {"status":429,"retry_after":3600,"times":1,"key":"%s","say":"At last."}"""
                        .formatted(key));

        assertThat(heard.untilItEnds().text()).isEqualTo("At last.");
    }

    @Test
    void aStreamThatIsCutIsNotGluedToAnother() {
        ask(marked("{\"tokens\":9,\"cut_after\":4}"));

        heard.untilItFails();
        assertThat(heard.pieces()).hasSize(4);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsCutBeforeItsFirstTokenIsAskedForAgain() {
        ask(
                """
                {"say":"At last.","cut_after":0,"times":1,"key":"%s"}"""
                        .formatted(key));

        assertThat(heard.untilItEnds().text()).isEqualTo("At last.");
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                server(
                        request -> {
                            if (asked.incrementAndGet() > 1) {
                                request.response().end(HI);
                            }
                        });

        // On a busy machine the second answer may be too late as well.
        ask(
                config(server)
                        .attempts(100_000)
                        .backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                        .idle(Duration.ofMillis(300)),
                "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void aStreamThatFallsSilentFailsAndIsNotAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger askedAtFirstWord = new AtomicInteger();
        Heard silent = new Heard(so -> askedAtFirstWord.compareAndSet(0, asked.get()));
        HttpServer server =
                server(
                        request -> {
                            asked.incrementAndGet();
                            request.response()
                                    .setChunked(true)
                                    .write(
                                            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n"
                                                    .repeat(3));
                        });

        PROVIDER.start(config(server).idle(Duration.ofMillis(300)), "{}", silent);

        assertThat(silent.untilItFails().error()).isEqualTo(RunError.server());
        assertThat(silent.pieces()).hasSize(3);
        assertThat(asked).hasValue(askedAtFirstWord.get());
        Provider.await(server.close());
    }

    @Test
    void aSlowStreamIsNotSilent() {
        ask(PROVIDER.config().idle(Duration.ofSeconds(4)), "{\"tokens\":10,\"gap_ms\":500}");

        assertThat(heard.untilItEnds().pieces()).hasSize(10);
    }

    @Test
    void anAbortEndsTheConnectionAndNothingMoreIsHeard() {
        AtomicReference<ModelCall> call = new AtomicReference<>();
        AtomicInteger heardAtAbort = new AtomicInteger(-1);
        Heard aborting =
                new Heard(
                        so -> {
                            if (so.events.size() == 3) {
                                call.get().abort();
                                heardAtAbort.set(so.events.size());
                            }
                        });
        Simulator own = Provider.await(Simulator.start(PROVIDER.vertx, "127.0.0.1", 0));

        PROVIDER.start(
                Provider.config(own.url()), "{\"tokens\":2000,\"gap_ms\":2}", aborting, call::set);

        await().atMost(PATIENCE)
                .until(() -> PROVIDER.stats(own.url(), "").path("aborted").asInt() == 1);
        assertThat(heardAtAbort).hasValue(3);
        assertThat(aborting.events).hasSize(3);
        assertThat(aborting.isOver()).isFalse();
        Provider.await(own.stop());
    }

    @Test
    void anAbortIsObeyedInTheMiddleOfAChunk() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        HttpServer server =
                server(
                        request -> {
                            request.connection().closeHandler(v -> left.complete(null));
                            request.response()
                                    .setChunked(true)
                                    .write(
                                            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},"
                                                    + "\"finish_reason\":\"stop\"}]}\n\n");
                        });
        AtomicReference<ModelCall> call = new AtomicReference<>();
        Heard aborting = new Heard(so -> call.get().abort());

        PROVIDER.start(config(server), "{}", aborting, call::set);

        assertThat(left).succeedsWithin(PATIENCE);
        assertThat(aborting.events).containsExactly(new ModelEvent.Text("Hi"));
        Provider.await(server.close());
    }

    private static HttpServer server(Handler<HttpServerRequest> handler) {
        return Provider.await(
                PROVIDER.vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
    }

    private static Provider.Config config(HttpServer server) {
        return Provider.config("http://127.0.0.1:" + server.actualPort() + "/v1/");
    }

    @Test
    void anAbortDuringAPauseIsTheLastThatHappens() {
        ModelCall call =
                ask(
                        PROVIDER.config().backoff(Duration.ofSeconds(3), LONG),
                        marked("{\"status\":500}"));
        await().atMost(PATIENCE).until(() -> requests() == 1);
        PROVIDER.vertx.getOrCreateContext().runOnContext(ignored -> call.abort());

        Heard later = new Heard();
        PROVIDER.start(PROVIDER.config(), "{\"say\":\"x\",\"first_token_ms\":3500}", later);

        later.untilItEnds();
        assertThat(requests()).isEqualTo(1);
        assertThat(heard.isOver()).isFalse();
    }

    @Test
    void anAbortAfterTheEndDoesNoHarm() {
        ModelCall call = ask("{\"say\":\"Done.\"}");
        heard.untilItEnds();

        call.abort();

        assertThat(heard.text()).isEqualTo("Done.");
    }

    @Test
    void anErrorInPlaceOfTheFirstTokenIsTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                server(
                        request ->
                                request.response()
                                        .end(
                                                asked.incrementAndGet() == 1
                                                        ? "data: {\"error\":{\"message\":\"busy\"}}\n\n"
                                                        : HI));

        ask(config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void anAnswerThatSaysNothingIsAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                server(request -> request.response().end(asked.incrementAndGet() == 1 ? "" : HI));

        ask(config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void aLimitInsideASuccessIsWaitedOutAsLongAsItSays() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                server(
                        request -> {
                            if (asked.incrementAndGet() == 1) {
                                request.response()
                                        .putHeader("content-type", "application/json")
                                        .putHeader("retry-after-ms", "1")
                                        .end("{\"error\":{\"message\":\"Slow.\",\"code\":429}}");
                            } else {
                                request.response().end(HI);
                            }
                        });

        ask(config(server).backoff(LONG, LONG), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void aCompressedAnswerIsReadThoughNobodyAskedForIt() throws IOException {
        var zipped = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(zipped)) {
            out.write(HI.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        HttpServer server =
                server(
                        request -> {
                            assertThat(request.getHeader("accept-encoding")).isEqualTo("identity");
                            request.response()
                                    .putHeader("content-encoding", "gzip")
                                    .end(io.vertx.core.buffer.Buffer.buffer(zipped.toByteArray()));
                        });

        ask(config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void anAnswerWithoutAnEndIsLeft() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        String piece =
                "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
                        .formatted("x".repeat(60_000));
        HttpServer server =
                server(
                        request -> {
                            request.connection().closeHandler(v -> left.complete(null));
                            request.response().setChunked(true);
                            for (int i = 0; i < 40; i++) {
                                request.response().write(piece);
                            }
                        });

        ask(config(server), "{}");

        assertThat(heard.untilItFails().error().message())
                .isEqualTo("The model's answer is too long.");
        assertThat(left).succeedsWithin(PATIENCE);
        Provider.await(server.close());
    }

    @Test
    void twoHundredStreamsAtOnceEachArriveWholeAndInOrder() {
        ModelClient client =
                new ModelClient(PROVIDER.vertx, PROVIDER.config(), InstantSource.system());
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Heard one = new Heard();
            all.add(one);
            PROVIDER.start(client, "{\"say\":\"%s\",\"gap_ms\":1}".formatted(counted(i)), one);
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).untilItEnds().text()).isEqualTo(counted(i));
        }
    }

    private static String counted(int stream) {
        return IntStream.range(0, 40)
                .mapToObj(n -> stream + "x" + n)
                .collect(Collectors.joining(" "));
    }
}
