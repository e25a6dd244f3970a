package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunError;
import dev.threadwell.simulator.Simulator;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request to a provider is tried again, and after which pause. */
class ModelRetryTest {

    @RegisterExtension static final Provider PROVIDER = new Provider();

    /** Longer than any test waits. */
    private static final Duration LONG = Duration.ofMinutes(10);

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
                PROVIDER.server(
                        request -> {
                            if (asked.incrementAndGet() > 1) {
                                request.response().end(HI);
                            }
                        });

        // On a busy machine the second answer may be too late as well.
        ask(
                Provider.config(server)
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
                PROVIDER.server(
                        request -> {
                            asked.incrementAndGet();
                            request.response()
                                    .setChunked(true)
                                    .write(
                                            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n"
                                                    .repeat(3));
                        });

        PROVIDER.start(Provider.config(server).idle(Duration.ofMillis(300)), "{}", silent);

        assertThat(silent.untilItFails().error()).isEqualTo(RunError.server());
        assertThat(silent.pieces()).hasSize(3);
        assertThat(asked).hasValue(askedAtFirstWord.get());
        Provider.await(server.close());
    }

    @Test
    void anErrorInPlaceOfTheFirstTokenIsTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                PROVIDER.server(
                        request ->
                                request.response()
                                        .end(
                                                asked.incrementAndGet() == 1
                                                        ? "data: {\"error\":{\"message\":\"busy\"}}\n\n"
                                                        : HI));

        ask(Provider.config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void anAnswerThatSaysNothingIsAskedForAgain() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                PROVIDER.server(
                        request -> request.response().end(asked.incrementAndGet() == 1 ? "" : HI));

        ask(Provider.config(server), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }

    @Test
    void aLimitInsideASuccessIsWaitedOutAsLongAsItSays() {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                PROVIDER.server(
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

        ask(Provider.config(server).backoff(LONG, LONG), "{}");

        assertThat(heard.untilItEnds().text()).isEqualTo("Hi");
        Provider.await(server.close());
    }
}
