package dev.threadwell.runworker.turn.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How image generation is offered, and what clients see of a call. */
class ImageGenerationToolTest {

    private static final Tool DEFINITION = new Tool.Generic(ToolKind.TEXT_TO_IMAGE, Map.of());

    private final ImageGenerationTool tool = new ImageGenerationTool(ToolKind.TEXT_TO_IMAGE);

    private WrittenCall written() {
        return tool.begin(DEFINITION, () -> 0);
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    @Test
    void aModelNeedsAPromptAndMaySayMore() {
        JsonNode offer = json(Json.compact(tool.function(DEFINITION, "text_to_image")));

        assertThat(offer.at("/parameters/required")).hasToString("[\"prompt\"]");
        assertThat(offer.at("/parameters/properties").fieldNames())
                .toIterable()
                .containsExactly("prompt", "size", "quality", "background", "pictures");
    }

    @Test
    void clientsSeeThePromptOnceItIsWritten() {
        WrittenCall call = written();

        assertThat(call.begins()).isEqualTo("{}");
        assertThat(call.takes("{\"prompt\":\"A ha")).isNull();
        assertThat(call.takes("rbour\",\"size\":\"auto\"}")).isNull();
        assertThat(call.ends()).isEqualTo("{\"prompt\":\"A harbour\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A harbour", "", "{}", "{\"prompt\":7}", "{\"prompt\":"})
    void argumentsWithoutAPromptShowNothing(String arguments) {
        WrittenCall call = written();

        assertThat(call.takes(arguments)).isNull();
        assertThat(call.ends()).isNull();
        assertThat(call.call("call_1", "text_to_image", arguments))
                .isEqualTo(
                        new StepDetails.GenericCall(
                                "call_1", ToolKind.TEXT_TO_IMAGE, Map.of(), arguments, null));
    }

    @Test
    void aStepShowsThePromptAndTheOutputs() {
        StepDetails.GenericCall call =
                (StepDetails.GenericCall)
                        written().call("call_1", "text_to_image", "{\"prompt\":\"A harbour\"}");

        StepDetails.GenericCall answered =
                call.answeredWith(
                        new ToolOutput.Result(
                                Map.of("outputs", List.of()), "Made.", List.of(), List.of("f")));

        assertThat(answered.details()).containsOnlyKeys("prompt", "outputs");
    }

    @Test
    void aDeltaWithThePromptIsNoOutput() {
        assertThat(tool.showsOutput(json("{\"text_to_image\":{\"prompt\":\"A harbour\"}}")))
                .isFalse();
        assertThat(tool.showsOutput(json("{\"text_to_image\":{\"outputs\":[]}}"))).isTrue();
    }
}
