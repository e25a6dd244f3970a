package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

@OnInstallation
class FunctionFlowTest {

    private static final String CALLING =
            simulate(
                    "{'calls':[{'name':'weather','arguments':{'city':'Paris'}}],'then':{'say':'It"
                            + " is sunny.'}}");

    private static final String CALLING_BOTH =
            simulate(
                    "{'calls':[{'name':'weather'},{'name':'time'}],'then':{'say':'Sunny at"
                            + " noon.'}}");

    private final Client client;

    FunctionFlowTest(Installation installation) {
        client = installation.client();
    }

    @Test
    void aRunWaitsForToolOutputsAndThenAnswers() {
        var run = client.withFunctions("weather").asks(CALLING);

        run.becomes(REQUIRES_ACTION).submits("sunny");
        run.becomes(COMPLETED).says("It is sunny.").stepsAre("completed", "completed");
        JsonNode call = run.firstCall().path("function");
        assertThat(call.path("name").asText()).isEqualTo("weather");
        assertThat(Json.read(call.path("arguments").asText()).path("city").asText())
                .isEqualTo("Paris");
        assertThat(call.path("output").asText()).isEqualTo("sunny");
    }

    @Test
    void bothHalvesOfARunWithFunctionsAreStreamedInOrder() {
        var run = client.withFunctions("weather").streams(CALLING);

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
                        "run.step.created",
                        "run.step.in_progress",
                        "message.created",
                        "message.in_progress",
                        "message.delta",
                        "message.completed",
                        "run.step.completed",
                        "run.completed")
                .streamedWhatIsStored()
                .becomes(COMPLETED)
                .says("It is sunny.");
    }

    @Test
    void parallelCallsAreAnsweredTogether() {
        var run = client.withFunctions("weather", "time").asks(CALLING_BOTH);

        run.becomes(REQUIRES_ACTION).submits("sunny", "noon");
        run.becomes(COMPLETED).says("Sunny at noon.");
        assertThat(run.steps().getFirst().at("/step_details/tool_calls"))
                .extracting(c -> c.at("/function/output").asText())
                .containsExactly("sunny", "noon");
    }

    @Test
    void parallelCallsAreStreamedIntoOneStep() {
        var run = client.withFunctions("weather", "time").streams(CALLING_BOTH);

        run.becomes(REQUIRES_ACTION);
        assertThat(run.stream().toItsEnd())
                .filteredOn(e -> e.is("thread.run.step.delta"))
                .map(e -> e.data().at("/delta/step_details/tool_calls/0"))
                .filteredOn(call -> call.has("id"))
                .extracting(call -> call.path("index").asInt(), call -> name(call))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "weather"),
                        org.assertj.core.groups.Tuple.tuple(1, "time"));
        run.submits("sunny", "noon").becomes(COMPLETED).says("Sunny at noon.");
    }

    private static String name(JsonNode call) {
        return call.at("/function/name").asText();
    }

    @Test
    void whatTheModelSaysBeforeItCallsIsAMessageOfItsOwn() {
        var run =
                client.withFunctions("weather")
                        .streams(
                                simulate(
                                        "{'say':'Let me look.','calls':[{'name':'weather'}],'then':{'say':'It"
                                                + " is sunny.'}}"));

        run.becomes(REQUIRES_ACTION).submits("sunny");
        run.becomes(COMPLETED).says("Let me look.", "It is sunny.").streamedWhatIsStored();
        assertThat(EventStream.names(run.events()))
                .containsSubsequence(
                        "message.completed",
                        "run.step.completed",
                        "run.step.created",
                        "run.step.in_progress",
                        "run.step.delta",
                        "run.requires_action",
                        "run.step.completed",
                        "run.queued");
    }

    @Test
    void outputsForOtherCallsAreRefused() {
        var run = client.withFunctions("weather").asks(CALLING).becomes(REQUIRES_ACTION);

        var answer =
                client.http()
                        .post(
                                run.path() + "/submit_tool_outputs",
                                java.util.Map.of(
                                        "tool_outputs",
                                        java.util.List.of(
                                                java.util.Map.of(
                                                        "tool_call_id", "call_other",
                                                        "output", "sunny"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("Expected tool outputs for call_ids");
        run.submits("sunny").becomes(COMPLETED);
    }
}
