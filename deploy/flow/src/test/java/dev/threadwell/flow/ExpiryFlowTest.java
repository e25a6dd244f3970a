package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.EXPIRED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class ExpiryFlowTest {

    private final Installation installation;
    private final Client client;

    ExpiryFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void aRunWhoseOutputsNeverComeExpires() {
        var run =
                client.withFunctions("weather")
                        .asks(simulate("{'calls':[{'name':'weather'}]}"))
                        .becomes(REQUIRES_ACTION);

        installation.database().letDeadlinePass(run.id());

        run.becomes(EXPIRED).stepsAre("expired").leavesItsThreadFree();
    }

    @Test
    void aRunExpiresInTheMiddleOfItsStream() {
        int aborted = installation.model().aborted();
        var run = client.streams(Model.endless());
        run.stream().awaitsDeltas(5);

        installation.database().letDeadlinePass(run.id());

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "run.step.expired",
                "message.incomplete",
                "run.expired");
        run.becomes(EXPIRED)
                .streamedWhatIsStored()
                .messagesAre("incomplete")
                .stepsAre("expired")
                .leavesItsThreadFree();
        assertThat(run.messages().getFirst().at("/incomplete_details/reason").asText())
                .isEqualTo("run_expired");
        Eventually.isTrue(
                "the model's stream is aborted", () -> installation.model().aborted() > aborted);
    }

    @Test
    void aRunThatNoWorkerEverTookExpires() {
        installation.runWorker(0).freezes();
        installation.runWorker(1).freezes();
        var run = client.asks(simulate("{'say':'Too late.','hang':'before_headers'}"));
        installation.database().letDeadlinePass(run.id());

        installation.runWorker(0).thaws();
        installation.runWorker(1).thaws();

        run.becomes(EXPIRED).messagesAre().leavesItsThreadFree();
    }
}
