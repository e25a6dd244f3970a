package dev.threadwell.flow;

import static dev.threadwell.flow.Model.silentAtFirst;
import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class RunWorkerCrashTest {

    private final Installation installation;
    private final Client client;
    private final Invariants invariants;

    RunWorkerCrashTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        invariants = new Invariants(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** The first worker that asks is in the middle of a message for as long as a test needs. */
    private static String fallingSilentInTheMiddle() {
        return silentAtFirst("'hang':'after_tokens','hang_after':40", "'tokens':60,'gap_ms':30");
    }

    @Test
    void aMessageThatACrashCutsEndsIncompleteAndIsSaidAgain() {
        var run = client.streams(fallingSilentInTheMiddle());
        run.stream().awaitsDeltas(10);

        installation.holderOf(run).dies();

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "message.incomplete",
                "run.step.failed",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "message.completed",
                "run.step.completed",
                "run.completed");
        run.streamedWhatIsStored()
                .messagesAre("incomplete", "completed")
                .stepsAre("failed", "completed");
        invariants.holdForCompleted(List.of(run), 1);
    }

    @Test
    void aRunThatIsOverInTimeIsEndedByTheWorkerThatStops() {
        var run = client.streams(simulate("{'tokens':100,'gap_ms':50}"));
        run.stream().awaitsDeltas(10);

        installation.holderOf(run).stops();

        run.becomes(COMPLETED)
                .streamedWhatIsStored()
                .messagesAre("completed")
                .stepsAre("completed");
        invariants.holdForCompleted(List.of(run), 0);
    }

    @Test
    void aRunThatItsWorkersEndCutsOffIsTakenOverAtOnce() {
        var run = client.streams(fallingSilentInTheMiddle());
        run.stream().awaitsDeltas(10);

        installation.holderOf(run).stops();

        run.becomes(COMPLETED)
                .streamedWhatIsStored()
                .messagesAre("incomplete", "completed")
                .stepsAre("failed", "completed");
        invariants.holdForCompleted(List.of(run), 1);
    }

    @Test
    void aRunWhoseWorkerDiesBeforeTheFirstTokenIsAnsweredByAnother() {
        String question = silentAtFirst("'hang':'before_headers'", "'say':'Here.'");
        var run = client.streams(question);
        run.stream().awaits("the start", e -> e.is("thread.run.in_progress"));
        installation.model().isAsked(question);

        installation.holderOf(run).dies();

        run.streamed(
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
        run.says("Here.");
        invariants.holdForCompleted(List.of(run), 0);
    }

    @Test
    void aRunThatNobodyStreamsBeginsItsTurnAgain() {
        String question = fallingSilentInTheMiddle();
        var run = client.asks(question).becomes(IN_PROGRESS);
        installation.model().isAsked(question);

        long died = System.nanoTime();
        installation.holderOf(run).dies();

        run.becomes(COMPLETED).messagesAre("completed").stepsAre("completed");
        System.out.printf(
                "worker killed: completed elsewhere after %d ms%n",
                (System.nanoTime() - died) / 1_000_000);
        invariants.holdForCompleted(List.of(run), 0);
    }

    @Test
    void aWorkerThatIsStoppedLeavesItsRunsToOthersAtOnce() {
        String question = fallingSilentInTheMiddle();
        var run = client.asks(question).becomes(IN_PROGRESS);
        installation.model().isAsked(question);

        installation.holderOf(run).stops();

        run.becomes(COMPLETED).messagesAre("completed");
        invariants.holdForCompleted(List.of(run), 0);
    }

    @Test
    void aZombieChangesNothingAndIsNotHeard() {
        var run = client.streams(simulate("{'tokens':250,'gap_ms':40}"));
        run.stream().awaitsDeltas(10);
        ServiceProcess zombie = installation.holderOf(run);
        String epoch = epoch(run);

        zombie.freezes();
        Eventually.isTrue("another worker has it", () -> !epoch(run).equals(epoch));
        run.stream()
                .awaits(
                        "the next message",
                        e -> EventStream.messages(run.stream().soFar()).size() == 2);
        zombie.thaws();

        run.streamedWhatIsStored().messagesAre("incomplete", "completed");
        List<String> messages = EventStream.messages(run.events());
        assertThat(run.messages())
                .extracting(m -> m.path("id").asText())
                .containsExactlyElementsOf(messages);
        invariants.holdForCompleted(List.of(run), 1);
    }

    @Test
    void aStandstillOfAllWorkersTakesNoRunFromItsHolder() {
        var run = client.streams(simulate("{'tokens':150,'gap_ms':40}"));
        run.stream().awaitsDeltas(10);

        installation.runWorker(0).freezes();
        installation.runWorker(1).freezes();
        Eventually.isTrue("their leases have run out", () -> leases() == 0);
        installation.runWorker(0).thaws();
        installation.runWorker(1).thaws();

        run.becomes(COMPLETED).streamedWhatIsStored().messagesAre("completed");
        invariants.holdForCompleted(List.of(run), 0);
    }

    private long leases() {
        return installation
                .database()
                .count("select count(*) from workers where lease_until > now()");
    }

    private String epoch(ClientRun run) {
        return String.valueOf(
                installation
                        .database()
                        .value(
                                "select epoch from runs where worker is not null and id = ?",
                                run.id()));
    }
}
