package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnInstallation
class BuiltInToolFlowTest {

    private static final String CODE =
            "{'name':'code_interpreter','arguments':{'input':'print(1)'}}";

    private static final String COMPUTING =
            simulate("{'calls':[" + CODE + "],'then':{'say':'It is one.'}}");

    private final Installation installation;
    private final Client client;

    BuiltInToolFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client().withCodeInterpreter();
    }

    @Test
    void aCallGoesToAToolWorkerAndTheRunGoesOnWithItsAnswer() {
        var run = client.asks(COMPUTING);

        run.becomes(COMPLETED).says("It is one.").stepsAre("completed", "completed");
        assertThat(installation.topic("tool.requested").messages(run.thread()))
                .singleElement()
                .satisfies(
                        asked -> {
                            assertThat(asked.path("tool").asText()).isEqualTo("code_interpreter");
                            assertThat(asked.path("call_id").asText()).isEqualTo(callId(run));
                        });
        assertThat(installation.topic("tool.answered").messages(run.thread()))
                .extracting(answer -> answer.path("call_id").asText())
                .containsOnly(callId(run));
    }

    private static String callId(ClientRun run) {
        return run.firstCall().at("/id").asText();
    }

    @Test
    void aCallIsStreamedAsAStepThatCompletes() {
        var run = client.streams(COMPUTING);

        assertThat(EventStream.names(run.events()))
                .filteredOn(name -> !name.equals("run.step.delta"))
                .containsExactly(
                        "run.created",
                        "run.queued",
                        "run.in_progress",
                        "run.step.created",
                        "run.step.in_progress",
                        "run.step.completed",
                        "run.step.created",
                        "run.step.in_progress",
                        "message.created",
                        "message.in_progress",
                        "message.delta",
                        "message.completed",
                        "run.step.completed",
                        "run.completed");
        run.streamedWhatIsStored().says("It is one.");
    }

    @Test
    void functionsWaitUntilTheBuiltInToolHasAnswered() {
        var run =
                client.withFunctions("weather")
                        .streams(
                                simulate(
                                        "{'calls':["
                                                + CODE
                                                + ",{'name':'weather'}],'then':{'say':'Both.'}}"));

        run.becomes(REQUIRES_ACTION);
        assertThat(run.calls()).hasSize(1);
        run.submits("sunny").becomes(COMPLETED).says("Both.");
        assertThat(EventStream.names(run.events()))
                .containsSubsequence(
                        "run.requires_action",
                        "run.step.completed",
                        "run.queued",
                        "run.in_progress",
                        "run.completed");
        assertThat(run.steps().getFirst().at("/step_details/tool_calls")).hasSize(2);
    }
}
