package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that are no plain text, and questions that are none. */
@OnInstallation
class AnswerFlowTest {

    private final Model model;
    private final Client client;

    AnswerFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client();
    }

    @Test
    void aRefusalIsAPartOfItsOwn() {
        var run = client.streams(simulate("{'refusal':'I can not do that.'}"));

        run.becomes(COMPLETED).messagesAre("completed").stepsAre("completed");
        JsonNode content = run.messages().getFirst().path("content");
        assertThat(content).hasSize(1);
        assertThat(content.at("/0/type").asText()).isEqualTo("refusal");
        assertThat(content.at("/0/refusal").asText()).isEqualTo("I can not do that.");
        assertThat(run.events())
                .filteredOn(e -> e.is("thread.message.delta"))
                .isNotEmpty()
                .allSatisfy(
                        e ->
                                assertThat(e.data().at("/delta/content/0/type").asText())
                                        .isEqualTo("refusal"));
    }

    @Test
    void anAnswerThatAFilterStopsIsIncompleteAndItsRunFails() {
        var run = client.streams(simulate("{'say':'What I think','finish':'content_filter'}"));

        run.failsWith("invalid_prompt")
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
                .messagesAre("incomplete");
        assertThat(run.messages().getFirst().at("/incomplete_details/reason").asText())
                .isEqualTo("content_filter");
    }

    @Test
    void aCallThatItsLimitCutsIsNotExecuted() {
        var run =
                client.withFunctions("weather")
                        .streams(
                                simulate(
                                        "{'calls':[{'name':'weather','arguments':'{ half a call'}],"
                                                + "'finish':'length'}"));

        run.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "run.step.delta",
                "run.step.completed",
                "run.incomplete");
        run.becomes(INCOMPLETE).messagesAre().leavesItsThreadFree();
        assertThat(run.object().path("required_action").isNull()).isTrue();
    }

    @Test
    void aPictureReachesTheModel() {
        String url = "https://example.com/crab.png";
        List<Map<String, ?>> parts =
                List.of(
                        Map.of("type", "text", "text", "Which animal is this?"),
                        Map.of(
                                "type",
                                "image_url",
                                "image_url",
                                Map.of("url", url, "detail", "low")));

        client.asks(parts).becomes(COMPLETED);

        JsonNode picture =
                model.lastRequest("Which animal is this?").at("/messages/0/content/1/image_url");
        assertThat(picture.path("url").asText()).isEqualTo(url);
        assertThat(picture.path("detail").asText()).isEqualTo("low");
    }

    @Test
    void whatTheRunSaysOfItsAnswerReachesTheModel() {
        Map<String, ?> format =
                Map.of(
                        "type",
                        "json_schema",
                        "json_schema",
                        Map.of("name", "tide", "schema", Map.of("type", "object")));
        String question = simulate("{'say':'{}'}") + " parameters";
        client.withFunctions("weather")
                .asks(
                        question,
                        Map.of(
                                "response_format",
                                format,
                                "tool_choice",
                                "none",
                                "parallel_tool_calls",
                                false,
                                "reasoning_effort",
                                "low",
                                "temperature",
                                0.25))
                .becomes(COMPLETED);

        JsonNode parameters = model.lastRequest(question).path("parameters");
        assertThat(parameters.at("/response_format/json_schema/name").asText()).isEqualTo("tide");
        assertThat(parameters.path("tool_choice").asText()).isEqualTo("none");
        assertThat(parameters.path("parallel_tool_calls").isBoolean()).isTrue();
        assertThat(parameters.path("parallel_tool_calls").asBoolean()).isFalse();
        assertThat(parameters.path("reasoning_effort").asText()).isEqualTo("low");
        assertThat(parameters.path("temperature").asDouble()).isEqualTo(0.25);
    }
}
