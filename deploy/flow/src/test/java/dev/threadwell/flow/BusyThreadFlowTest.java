package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.IN_PROGRESS;
import static dev.threadwell.flow.Status.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningInstallation.class)
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

    private static Map<String, ?> saying(String text) {
        return Map.of(
                "additional_messages",
                List.of(Map.of("role", "user", "content", simulate("{'say':'" + text + "'}"))));
    }

    @Test
    void runsThatWaitAreAnsweredInTheirOrder() {
        var first = client.asks(simulate("{'say':'One.','first_token_ms':700}"));
        var second = enqueuing.asksIn(first.thread(), saying("Two."));
        var third = enqueuing.asksIn(first.thread(), saying("Three."));

        assertThat(third.status()).isEqualTo(QUEUED);

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
        var first = client.asks(simulate("{'tokens':20,'gap_ms':30}")).becomes(IN_PROGRESS);
        var second = enqueuing.streamsIn(first.thread(), saying("Two."));

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
        var first = client.asks(simulate("{'tokens':500,'gap_ms':20}")).becomes(IN_PROGRESS);
        var second = enqueuing.asksIn(first.thread(), saying("Two."));

        var third = interrupting.asksIn(first.thread(), saying("Three."));

        third.becomes(COMPLETED).says("Three.");
        first.becomes(CANCELLED);
        second.becomes(CANCELLED);
        assertThat(installation.model().aborted()).isGreaterThan(aborted);
        invariants.holdForEnded(List.of(first, second, third));
    }

    @Test
    void runsThatWaitStartAllTheSameWhenAllWorkersDieAsTheOneBeforeEnds() {
        var first = client.asks(simulate("{'say':'One.','first_token_ms':1500}"));
        List<ClientRun> runs = new ArrayList<>(List.of(first.becomes(IN_PROGRESS)));
        for (int i = 0; i < 5; i++) {
            runs.add(enqueuing.asksIn(first.thread(), saying("Next.")));
        }
        first.becomes(COMPLETED);

        installation.runWorker(0).dies();
        installation.runWorker(1).dies();
        installation.heals();

        runs.getLast().becomes(COMPLETED);
        invariants.holdForCompleted(runs, 0);
    }

    @Test
    void aWorkerThatDiesTakesNoRunThatWaitsWithIt() {
        var first = client.asks(simulate("{'say':'One.','first_token_ms':1500}"));
        List<ClientRun> runs = new ArrayList<>(List.of(first.becomes(IN_PROGRESS)));
        for (int i = 0; i < 5; i++) {
            runs.add(enqueuing.asksIn(first.thread(), saying("Next.")));
        }

        installation.holderOf(first).dies();

        runs.getLast().becomes(COMPLETED);
        invariants.holdForCompleted(runs, 0);
    }
}
