package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the script has pictures made. */
class DrawingScriptTest {

    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static Chat offered(Chat chat) {
        return chat.offering("file_search", "Searches files.", schema("query"))
                .offering("text_to_image", "Makes a picture.", schema("prompt"));
    }

    private static String schema(String parameter) {
        return "{\"type\":\"object\",\"required\":[\"%1$s\"],\"properties\":{\"%1$s\":{\"type\":\"string\"}}}"
                .formatted(parameter);
    }

    private static JsonNode calls(Chat chat) throws Exception {
        return simulator.complete(chat).message().path("tool_calls");
    }

    private static String prompt(JsonNode calls) {
        assertThat(calls).hasSize(1);
        assertThat(calls.at("/0/function/name").asText()).isEqualTo("text_to_image");
        return Chat.json(calls.at("/0/function/arguments").asText()).path("prompt").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Draw a harbour", "请画一只猫", "A picture of a cat", "Make us a poster"})
    void whoWantsAPictureGetsOneOfWhatWasSaid(String said) throws Exception {
        assertThat(prompt(calls(offered(Chat.user(said))))).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "Describe the picture"})
    void nothingIsDrawnUnasked(String said) throws Exception {
        assertThat(calls(offered(Chat.user(said)))).isEmpty();
    }

    @Test
    void thatThereIsAPictureIsNoWishForAnother() throws Exception {
        assertThat(calls(offered(Chat.user("[picture picture-1]\nHello")))).isEmpty();
        assertThat(prompt(calls(offered(Chat.user("[picture picture-1]\nDraw a cat")))))
                .isEqualTo("Draw a cat");
    }

    @Test
    void itIsDrawnAfterOtherToolsWithWhatTheyHaveFound() throws Exception {
        var chat = Chat.user("Find the tide and draw a poster");
        assertThat(calls(offered(chat)).at("/0/function/name").asText()).isEqualTo("file_search");

        var goesOn =
                Chat.user("Find the tide and draw a poster")
                        .calling("call_1", "file_search")
                        .output("call_1", "High at six");

        assertThat(prompt(calls(offered(goesOn))))
                .isEqualTo("Find the tide and draw a poster\nHigh at six");
    }

    @Test
    void aPictureIsDescribedBeforeANewOneIsDrawnFromIt() throws Exception {
        String said =
                "Can you describe what's in it and create a new image based on the description?";

        assertThat(calls(withReader(Chat.user(said))).at("/0/function/name").asText())
                .isEqualTo("image_to_text");
        var read = Chat.user(said).calling("call_1", "image_to_text").output("call_1", "A boat");
        assertThat(prompt(calls(withReader(read)))).isEqualTo(said + "\nA boat");
    }

    @Test
    void aGivenPictureIsReadBeforeAnotherIsDrawnFromIt() throws Exception {
        String said = "[picture picture-1]\nDraw this in blue";

        assertThat(calls(withReader(Chat.user(said))).at("/0/function/name").asText())
                .isEqualTo("image_to_text");
        var read = Chat.user(said).calling("call_1", "image_to_text").output("call_1", "A cat");
        assertThat(prompt(calls(withReader(read)))).isEqualTo("Draw this in blue\nA cat");
    }

    private static Chat withReader(Chat chat) {
        return offered(chat.offering("image_to_text", "Reads pictures.", schema("question")));
    }

    @Test
    void itIsDrawnOnce() throws Exception {
        var chat =
                Chat.user("Draw a harbour")
                        .calling("call_1", "text_to_image")
                        .output("call_1", "The picture file-1 was made.");

        assertThat(simulator.complete(offered(chat)).content()).contains("file-1 was made");
    }

    @Test
    void oneOfTwoToolsDraws() throws Exception {
        var chat =
                Chat.user("Draw a harbour")
                        .offering("text_to_image", "Makes a picture.", schema("prompt"))
                        .offering("image_generation", "Makes a picture.", schema("prompt"));

        assertThat(calls(chat)).hasSize(1);
    }
}
