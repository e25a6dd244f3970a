package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that neither answers nor closes its connections. */
@OnInstallation
class FrozenPostgresTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Installation installation;
    private final Client client;
    private final Invariants invariants;

    FrozenPostgresTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        invariants = new Invariants(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** A request's answer, and how long it took. */
    private record Timed(Http.Answer answer, Duration took) {}

    @Test
    void requestsAreAnsweredInTimeAndNoRunIsLost() {
        List<ClientRun> runs =
                Installation.times(10, n -> client.streams(simulate("{'tokens':60,'gap_ms':40}")));
        runs.forEach(run -> run.stream().awaitsDeltas(5));

        installation.postgresFreezes();
        List<CompletableFuture<Timed>> asked =
                Installation.times(30, n -> asks(installation.node(n % 2)));
        List<Timed> answers = asked.stream().map(CompletableFuture::join).toList();
        installation.postgresThaws();

        assertThat(answers)
                .allSatisfy(
                        timed -> {
                            assertThat(timed.answer().status()).isGreaterThanOrEqualTo(500);
                            assertThat(timed.took()).isLessThan(LIMIT);
                        });
        // All leases have run out meanwhile, so another worker may have taken a run over.
        invariants.holdForCompleted(runs, 1);
        runs.forEach(ClientRun::streamedWhatIsStored);
        client.asks(simulate("{'say':'After.'}")).becomes(COMPLETED);
    }

    @Test
    void whatWaitsWhileItIsFrozenForAMomentIsDoneWhenItGoesOn() {
        var streamed = client.streams(simulate("{'tokens':60,'gap_ms':40}"));
        streamed.stream().awaitsDeltas(5);

        installation.postgresFreezes();
        var asked = asks(installation.node(0));
        streamed.stream().awaitsDeltas(50);
        installation.postgresThaws();

        assertThat(asked.join().answer().status()).isEqualTo(200);
        invariants.holdForCompleted(List.of(streamed), 0);
        streamed.streamedWhatIsStored();
    }

    private static CompletableFuture<Timed> asks(Http node) {
        long begun = System.nanoTime();
        return CompletableFuture.supplyAsync(
                () ->
                        new Timed(
                                node.get("/v1/assistants"),
                                Duration.ofNanos(System.nanoTime() - begun)),
                task -> Thread.ofVirtual().start(task));
    }
}
