package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.INCOMPLETE;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run's limits are for the whole run, whoever works on it and however often it is resumed. */
@OnInstallation
class BudgetFlowTest {

    private static final String CALLING =
            "{'calls':[{'name':'weather'}],'usage':{'prompt_tokens':200,'completion_tokens':%d},"
                    + "'then':{'say':'It is sunny.'}}";

    private final Model model;
    private final Client client;

    BudgetFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client().withFunctions("weather");
    }

    private static String question(int spending, String name) {
        return simulate(CALLING.formatted(spending)) + " " + name;
    }

    @Test
    void theNextSamplingHasWhatIsLeft() {
        String question = question(200, "some left");
        var run = client.asks(question, Map.of("max_completion_tokens", 500));

        run.becomes(REQUIRES_ACTION).submits("sunny").becomes(COMPLETED).says("It is sunny.");

        assertThat(model.lastRequest(question).at("/parameters/max_completion_tokens").asInt())
                .isEqualTo(300);
    }

    @Test
    void aRunThatHasSpentItsAnswerEndsAfterItsOutputs() {
        String question = question(500, "none left");
        var run = client.streams(question, Map.of("max_completion_tokens", 500));

        run.becomes(REQUIRES_ACTION).submits("sunny");

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "run.step.delta",
                "run.requires_action",
                "run.step.completed",
                "run.queued",
                "run.in_progress",
                "run.incomplete");
        run.becomes(INCOMPLETE).stepsAre("completed").messagesAre().leavesItsThreadFree();
        assertThat(run.object().at("/incomplete_details/reason").asText())
                .isEqualTo("max_completion_tokens");
        assertThat(run.object().at("/usage/completion_tokens").asInt()).isEqualTo(500);
        assertThat(run.object().path("completed_at").isNumber()).isTrue();
        assertThat(model.lastRequest(question).path("messages"))
                .extracting(m -> m.path("role").asText())
                .containsExactly("user");
    }

    @Test
    void aRunThatHasSpentItsPromptEndsAfterItsOutputs() {
        var run = client.asks(question(5, "prompt spent"), Map.of("max_prompt_tokens", 200));

        run.becomes(REQUIRES_ACTION).submits("sunny").becomes(INCOMPLETE);

        assertThat(run.object().at("/incomplete_details/reason").asText())
                .isEqualTo("max_prompt_tokens");
    }

    @Test
    void aQuestionBeyondTheLimitIsNeverAsked() {
        String question = "Too long: " + "so ".repeat(2_000);
        var run = client.streams(question, Map.of("max_prompt_tokens", 500));

        run.streamed("run.created", "run.queued", "run.in_progress", "run.incomplete");
        run.becomes(INCOMPLETE).stepsAre().messagesAre().leavesItsThreadFree();
        assertThat(model.timesAsked(question)).isZero();
    }

    @Test
    void theMiddleOfALongThreadIsLeftOut() {
        String thread = client.thread("This is the beginning.");
        for (int i = 0; i < 20; i++) {
            client.http()
                    .post(
                            "/v1/threads/" + thread + "/messages",
                            Map.of("role", "user", "content", "middle " + i + " so".repeat(100)))
                    .ok();
        }
        client.asksIn(thread, Map.of("max_prompt_tokens", 600)).becomes(COMPLETED);

        assertThat(model.lastRequest("This is the beginning.").path("messages"))
                .extracting(m -> m.path("content").asText().split(" so")[0])
                .startsWith("This is the beginning.")
                .endsWith("middle 19")
                .hasSizeBetween(3, 7);
    }
}
