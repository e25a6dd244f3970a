package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class ApiServiceCrashTest {

    private final Installation installation;
    private final Client client;
    private final Invariants invariants;

    ApiServiceCrashTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        invariants = new Invariants(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void aRunWhoseNodeDiesBetweenCommitAndPublishIsPublishedByAnother() {
        installation.kafkaStops();
        var run = client.asks(simulate("{'say':'Not forgotten.'}")).on(installation.node(1));
        installation.apiService(0).dies();
        assertThat(
                        installation
                                .database()
                                .column("select topic from outbox where key = ?", run.thread()))
                .containsExactlyInAnyOrder("run.announced", "run.requested");

        installation.kafkaStarts();

        run.becomes(COMPLETED).says("Not forgotten.");
        invariants.holdForCompleted(List.of(run), 0);
    }

    @Test
    void theClientOfANodeThatDiesTakesItsStreamUpOnAnother() {
        var run = client.streams(simulate("{'tokens':80,'gap_ms':40}"));
        run.stream().awaitsDeltas(10);

        installation.apiService(0).dies();
        run.resumesOn(installation.node(1));

        var there = run.on(installation.node(1));
        there.becomes(COMPLETED);
        assertThat(EventStream.names(run.events()))
                .containsExactly(
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
        assertThat(EventStream.text(run.events(), EventStream.messages(run.events()).getFirst()))
                .isEqualTo(ClientRun.textOf(there.messages().getFirst()));
        invariants.holdForCompleted(List.of(there), 0);
    }

    @Test
    void aNodeThatIsToldToStopFinishesItsStreams() {
        var run = client.streams(simulate("{'tokens':40,'gap_ms':30}"));
        run.stream().awaitsDeltas(10);

        installation.apiService(0).stops();

        List<EventStream.Event> events = run.stream().toItsEnd();
        var there = run.on(installation.node(1));
        there.becomes(COMPLETED);
        assertThat(EventStream.text(events, EventStream.messages(events).getFirst()))
                .isEqualTo(ClientRun.textOf(there.messages().getFirst()));
    }

    @Test
    void aStreamThatANodesEndCutsOffIsTakenUpOnAnother() {
        var run = client.streams(simulate("{'tokens':600,'gap_ms':40}"));
        run.stream().awaitsDeltas(10);

        installation.apiService(0).stops();
        run.resumesOn(installation.node(1));

        assertThat(EventStream.names(run.events()))
                .endsWith("message.completed", "run.step.completed", "run.completed");
    }
}
