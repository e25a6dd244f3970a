package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.simulator.Simulator;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests to a provider that are aborted. */
class ModelAbortTest {

    @RegisterExtension static final Provider PROVIDER = new Provider();

    /** Longer than any test waits. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
                PROVIDER.server(
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

        PROVIDER.start(Provider.config(server), "{}", aborting, call::set);

        assertThat(left).succeedsWithin(PATIENCE);
        assertThat(aborting.events).containsExactly(new ModelEvent.Text("Hi"));
        Provider.await(server.close());
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
}
