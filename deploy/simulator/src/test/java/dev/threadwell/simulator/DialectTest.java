package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String TWO_CALLS =
            "{\"dialect\":\"%s\",\"calls\":[{\"name\":\"a\",\"arguments\":{\"x\":1}},{\"name\":\"a\"}]}";

    private static Events calls(String dialect) throws Exception {
        return simulator.stream(Chat.simulate(TWO_CALLS.formatted(dialect)));
    }

    @Test
    void geminiHasNoIndexesAndNoIds() throws Exception {
        List<JsonNode> calls = calls("gemini").callDeltas();

        assertThat(calls).hasSize(2).noneMatch(call -> call.has("index"));
        assertThat(calls).extracting(call -> call.path("id").asText()).containsOnly("");
        assertThat(calls).allMatch(call -> call.has("extra_content"));
    }

    @Test
    void kimiHasTheSameIdTwiceAndItsNameLate() throws Exception {
        List<JsonNode> calls = calls("kimi").callDeltas();

        assertThat(
                        calls.stream()
                                .filter(call -> call.has("id"))
                                .map(call -> call.path("id").asText()))
                .containsExactly("functions.a:0", "functions.a:0");
        assertThat(calls.getFirst().at("/function/name").asText()).isEmpty();
    }

    @Test
    void llamaCppHasObjectsForArguments() throws Exception {
        assertThat(calls("llama_cpp").callDeltas().getFirst().at("/function/arguments/x").asInt())
                .isEqualTo(1);
    }

    @Test
    void mistralSpeaksInParts() throws Exception {
        List<JsonNode> deltas =
                simulator.stream(Chat.simulate("{\"dialect\":\"mistral\",\"say\":\"Hi\"}"))
                        .deltas()
                        .toList();

        assertThat(deltas.stream().map(d -> d.at("/content/0/type").asText()))
                .contains("thinking", "text");
    }

    @ParameterizedTest
    @CsvSource({"deepseek, reasoning_content", "openrouter, reasoning"})
    void whoThinksSaysSo(String dialect, String field) throws Exception {
        assertThat(calls(dialect).pieces(field)).isNotEmpty();
    }

    @Test
    void aWholeAnswerIsNoStream() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"dialect\":\"whole\",\"say\":\"Hi\"}").streaming());

        assertThat(reply.json().at("/choices/0/message/content").asText()).isEqualTo("Hi");
    }

    @ParameterizedTest
    @CsvSource({"deepseek", "kimi", "openrouter", "gemini", "mistral"})
    void whatHasToComeBackIsDemanded(String dialect) throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate(TWO_CALLS.formatted(dialect))
                                .calling("call_1", "a")
                                .output("call_1", "x"));

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void mistralKnowsOnlyTheOlderNameOfTheLimit() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"dialect\":\"mistral\"}")
                                .with("max_completion_tokens", "9"));

        assertThat(reply.json().path("detail").asText()).contains("max_completion_tokens");
    }

    @Test
    void deltasAreSentAsTheyAreEvenHalfCharacters() throws Exception {
        Events events =
                simulator.stream(
                        Chat.simulate(
                                "{\"deltas\":[{\"content\":\"\\ud83d\"},{\"content\":\"\\ude00\",\"odd\":[1]}],"
                                        + "\"no_finish\":true,\"no_done\":true}"));

        assertThat(events.text()).isEqualTo("😀");
        assertThat(events.deltas().anyMatch(delta -> delta.has("odd"))).isTrue();
        assertThat(events.finishReasons()).isEmpty();
        assertThat(events.isDone()).isFalse();
    }

    @Test
    void aBodyIsSentAsItIsWithItsStatus() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"body\":[{\"error\":{\"code\":429}}],\"status\":400}")
                                .streaming());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/0/error/code").asInt()).isEqualTo(429);
    }

    @Test
    void aBodyMayComeWithASuccess() throws Exception {
        assertThat(simulator.complete(Chat.simulate("{\"body\":{\"error\":\"no\"}}")).status())
                .isEqualTo(200);
    }
}
