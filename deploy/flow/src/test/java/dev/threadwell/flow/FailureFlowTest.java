package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnInstallation
class FailureFlowTest {

    /**
     * How often a failing provider is asked. A run that is requested twice asks once or twice more,
     * before it is found to be somebody's already.
     */
    private static final int ATTEMPTS = 3;

    private final Installation installation;
    private final Client client;

    FailureFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @Test
    void anExhaustedQuotaFailsTheRunAtOnce() {
        String question = simulate("{'status':429,'code':'insufficient_quota'}") + " once";
        var run = client.asks(question);

        run.failsWith("rate_limit_exceeded").messagesAre().leavesItsThreadFree();
        assertThat(run.object().at("/last_error/message").asText())
                .startsWith("You exceeded your current quota");
        assertThat(installation.model().timesAsked(question)).isLessThan(ATTEMPTS);
    }

    @Test
    void aRequestThatTheProviderRefusesFailsTheRunAtOnce() {
        String question = simulate("{'status':400}") + " once";
        var run = client.asks(question);

        run.failsWith("invalid_prompt").leavesItsThreadFree();
        assertThat(installation.model().timesAsked(question)).isLessThan(ATTEMPTS);
    }

    @Test
    void aProviderThatFailsForeverFailsTheRunAfterItsAttempts() {
        String question = simulate("{'status':500}") + " three times";
        var run = client.streams(question);

        run.failsWith("server_error")
                .streamed("run.created", "run.queued", "run.in_progress", "run.failed")
                .messagesAre()
                .leavesItsThreadFree();
        assertThat(installation.model().timesAsked(question)).isBetween(ATTEMPTS, 2 * ATTEMPTS - 1);
    }

    @Test
    void aProviderThatFailsForAMomentIsAskedAgain() {
        var run =
                client.streams(
                        simulate("{'status':503,'times':2,'key':'flow-moment','say':'At last.'}"));

        run.becomes(COMPLETED).says("At last.").streamedWhatIsStored();
    }

    @Test
    void aModelThatFallsSilentFailsTheRun() {
        var run = client.streams(simulate("{'tokens':9,'hang':'after_tokens','hang_after':3}"));

        run.failsWith("server_error").streamedWhatIsStored().messagesAre("incomplete");
    }

    @Test
    void aStreamThatBreaksOffFailsTheRunAndKeepsWhatWasSaid() {
        var run = client.streams(simulate("{'tokens':9,'cut_after':4}"));

        run.failsWith("server_error")
                .streamed(
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
                        "run.failed")
                .streamedWhatIsStored()
                .messagesAre("incomplete")
                .stepsAre("failed")
                .leavesItsThreadFree();
        assertThat(run.messages().getFirst().at("/incomplete_details/reason").asText())
                .isEqualTo("run_failed");
        assertThat(run.steps().getFirst().path("last_error"))
                .isEqualTo(run.object().path("last_error"));
    }
}
