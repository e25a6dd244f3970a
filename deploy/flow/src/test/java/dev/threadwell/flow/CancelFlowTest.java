package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class CancelFlowTest {

    private final Installation installation;
    private final Client client;

    CancelFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void aRunIsCancelledInTheMiddleOfItsStream() {
        int aborted = installation.model().aborted();
        var run = client.streams(Model.endless());
        run.stream().awaitsDeltas(5);

        long asked = System.nanoTime();
        run.cancels();
        Eventually.isTrue(
                "the model's stream is aborted", () -> installation.model().aborted() > aborted);
        long stopped = System.nanoTime();

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "run.cancelling",
                "run.step.cancelled",
                "message.incomplete",
                "run.cancelled");
        System.out.printf(
                "cancel: model aborted after %d ms, stream ended after %d ms%n",
                (stopped - asked) / 1_000_000, (run.stream().lastAtNanos() - asked) / 1_000_000);
        run.becomes(CANCELLED)
                .streamedWhatIsStored()
                .messagesAre("incomplete")
                .stepsAre("cancelled")
                .leavesItsThreadFree();
        assertThat(run.messages().getFirst().at("/incomplete_details/reason").asText())
                .isEqualTo("run_cancelled");
    }

    @Test
    void aRunWhoseWorkerMissesTheCancellationIsStoppedAllTheSame() {
        int aborted = installation.model().aborted();
        var run = client.streams(Model.endless());
        run.stream().awaitsDeltas(5);

        installation.database().cancelsUnheard(run.id());

        Eventually.isTrue(
                "the model's stream is aborted", () -> installation.model().aborted() > aborted);
        run.becomes(CANCELLED)
                .streamedWhatIsStored()
                .messagesAre("incomplete")
                .stepsAre("cancelled")
                .leavesItsThreadFree();
    }

    @Test
    void theModelOfARunIsStoppedWhoseWorkerMissesItsDeletion() {
        int aborted = installation.model().aborted();
        var run = client.streams(Model.endless());
        run.stream().awaitsDeltas(5);

        installation.database().execute("delete from runs where id = ?", run.id());

        Eventually.isTrue(
                "the model's stream is aborted", () -> installation.model().aborted() > aborted);
    }

    @Test
    void aRunThatWaitsForOutputsIsCancelled() {
        var run =
                client.withFunctions("weather")
                        .asks(simulate("{'calls':[{'name':'weather'}]}"))
                        .becomes(REQUIRES_ACTION);

        run.cancels();

        run.becomes(CANCELLED).stepsAre("cancelled").leavesItsThreadFree();
        assertThat(run.object().path("required_action").isNull()).isTrue();
    }

    @Test
    void aRunThatNoWorkerHasTakenIsCancelled() {
        installation.runWorker(0).freezes();
        installation.runWorker(1).freezes();
        var run = client.asks(simulate("{'say':'Never said.'}")).cancels();

        installation.runWorker(0).thaws();
        installation.runWorker(1).thaws();

        run.becomes(CANCELLED).messagesAre().leavesItsThreadFree();
        assertThat(run.object().path("started_at").isNull()).isTrue();
    }

    @Test
    void theStreamOfARunWhoseToolIsOutEndsAsAnyOther() {
        var tool = new ToolByHand(installation);
        var run =
                client.withCodeInterpreter()
                        .streams(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter','arguments':{'code':'1'}}]}"));
        tool.calls(run, 1);

        run.cancels();

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "run.step.delta",
                "run.cancelling",
                "run.step.cancelled",
                "run.cancelled");
    }

    @Test
    void theStreamOfARunThatNoWorkerHasTakenEndsAsAnyOther() {
        installation.runWorker(0).freezes();
        installation.runWorker(1).freezes();
        var run = client.streams(simulate("{'say':'Never said.'}")).cancels();

        installation.runWorker(0).thaws();
        installation.runWorker(1).thaws();

        run.streamed("run.created", "run.queued", "run.cancelling", "run.cancelled");
    }

    @Test
    void aRunThatHasEndedCannotBeCancelled() {
        var run = client.asks(simulate("{'say':'Done.'}")).becomes(Status.COMPLETED);

        var answer = client.http().post(run.path() + "/cancel", Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("Cannot cancel run with status 'completed'.");
    }
}
