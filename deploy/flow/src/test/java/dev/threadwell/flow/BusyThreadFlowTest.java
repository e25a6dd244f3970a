package dev.threadwell.flow;

import static dev.threadwell.flow.Model.silentAtFirst;
import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.IN_PROGRESS;
import static dev.threadwell.flow.Status.QUEUED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class BusyThreadFlowTest {

    private final Installation installation;
    private final Client client;
    private final Client enqueuing;
    private final Client interrupting;
    private final Invariants invariants;

    BusyThreadFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        enqueuing = client.onABusyThread("enqueue");
        interrupting = client.onABusyThread("interrupt");
        invariants = new Invariants(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** Holds its thread until its function is answered; then it says "One." */
    private ClientRun holdingItsThread() {
        return client.withFunctions("weather")
                .asks(simulate("{'calls':[{'name':'weather'}],'then':{'say':'One.'}}"))
                .becomes(REQUIRES_ACTION);
    }

    private static Map<String, ?> saying(String text) {
        return Map.of(
                "additional_messages",
                List.of(Map.of("role", "user", "content", simulate("{'say':'" + text + "'}"))));
    }

    @Test
    void runsThatWaitAreAnsweredInTheirOrder() {
        var first = holdingItsThread();
        var second = enqueuing.asksIn(first.thread(), saying("Two."));
        var third = enqueuing.asksIn(first.thread(), saying("Three."));

        assertThat(third.status()).isEqualTo(QUEUED);
        first.submits("sunny");

        third.becomes(COMPLETED);
        first.says("One.");
        second.says("Two.");
        third.says("Three.");
        assertThat(startedAt(second)).isGreaterThanOrEqualTo(completedAt(first));
        assertThat(startedAt(third)).isGreaterThanOrEqualTo(completedAt(second));
        invariants.holdForCompleted(List.of(first, second, third), 0);
    }

    private static long startedAt(ClientRun run) {
        return run.object().path("started_at").asLong();
    }

    private static long completedAt(ClientRun run) {
        return run.object().path("completed_at").asLong();
    }

    @Test
    void aStreamOfARunThatWaitsTellsTheWholeRun() {
        var first = holdingItsThread();
        var second = enqueuing.streamsIn(first.thread(), saying("Two."));
        first.submits("sunny");

        second.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "message.completed",
                "run.step.completed",
                "run.completed");

        second.streamedWhatIsStored();
        invariants.holdForCompleted(List.of(first, second), 0);
    }

    @Test
    void anInterruptionStopsTheModelAndIsAnsweredNext() {
        int aborted = installation.model().aborted();
        var first = client.asks(Model.endless()).becomes(IN_PROGRESS);
        var second = enqueuing.asksIn(first.thread(), saying("Two."));

        var third = interrupting.asksIn(first.thread(), saying("Three."));

        third.becomes(COMPLETED).says("Three.");
        first.becomes(CANCELLED);
        second.becomes(CANCELLED);
        Eventually.isTrue(
                "the model's stream is aborted", () -> installation.model().aborted() > aborted);
        invariants.holdForEnded(List.of(first, second, third));
    }

    @Test
    void runsThatWaitStartAllTheSameWhenAllWorkersDieAsTheOneBeforeEnds() {
        var first = holdingItsThread();
        List<ClientRun> runs = new ArrayList<>(List.of(first));
        for (int i = 0; i < 5; i++) {
            runs.add(enqueuing.asksIn(first.thread(), saying("Next.")));
        }
        first.submits("sunny").becomes(COMPLETED);

        installation.runWorker(0).dies();
        installation.runWorker(1).dies();
        installation.heals();

        runs.getLast().becomes(COMPLETED);
        invariants.holdForCompleted(runs, 0);
    }

    @Test
    void aWorkerThatDiesTakesNoRunThatWaitsWithIt() {
        String question = silentAtFirst("'hang':'before_headers'", "'say':'One.'");
        var first = client.asks(question).becomes(IN_PROGRESS);
        installation.model().isAsked(question);
        List<ClientRun> runs = new ArrayList<>(List.of(first));
        for (int i = 0; i < 5; i++) {
            runs.add(enqueuing.asksIn(first.thread(), saying("Next.")));
        }

        installation.holderOf(first).dies();

        runs.getLast().becomes(COMPLETED);
        invariants.holdForCompleted(runs, 0);
    }
}
