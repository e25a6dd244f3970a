package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tools and tool calls in a prompt. */
class PromptOfToolsTest {

    private static final int PLENTY = 100_000;

    private final List<Entry> conversation = new ArrayList<>();
    private final Map<String, String> codeFiles = new LinkedHashMap<>();
    private Run run = Samples.run();

    private void said(Message message) {
        conversation.add(new Entry.Said(message));
    }

    private void called(RunStep step) {
        conversation.add(new Entry.Called(step));
    }

    private RunStep answered(StepDetails.ToolCall... calls) {
        return Samples.calling(run, "step_1", calls).completed(Samples.NOW, Usage.NONE);
    }

    private JsonNode prompt() {
        return prompt(PLENTY);
    }

    private JsonNode prompt(int tokens) {
        PromptResult asking =
                Prompt.of(
                        run,
                        conversation,
                        new AttachedFiles(Map.of(), codeFiles),
                        TokenBudget.of(run, Usage.NONE, tokens));
        return Json.read(((PromptResult.Request) asking).json(), JsonNode.class);
    }

    private List<String> texts(int tokens) {
        List<String> texts = new ArrayList<>();
        prompt(tokens).path("messages").forEach(m -> texts.add(m.path("content").asText()));
        return texts;
    }

    @Test
    void aModelIsToldWhatTheBuiltInToolsPutOut() {
        called(
                answered(
                        new StepDetails.CodeInterpreterCall(
                                "call_c",
                                new StepDetails.Code(
                                        "1 + 1",
                                        List.of(Map.of("type", "logs", "logs", "2")),
                                        List.of(),
                                        null))));

        JsonNode messages = prompt().path("messages");

        assertThat(messages.get(0).at("/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"code\":\"1 + 1\"}");
        assertThat(messages.get(1).path("content").asText()).isEqualTo("2");
    }

    @Test
    void aModelIsToldWhatCodeHasMadeAndTheLinksToIt() {
        called(answered(Samples.drawn("call_c")));

        assertThat(prompt().path("messages").get(1).path("content").asText())
                .isEqualTo(
                        """
                        drawn

                        The user is shown the image file-chart.
                        File written: [my tides.csv](sandbox:/mnt/data/my tides.csv)""");
    }

    @Test
    void aModelIsToldWhatWasFoundBehindTheMarkersThatCiteIt() {
        called(answered(Samples.found("call_s", 4, "Low at six.")));

        JsonNode messages = prompt().path("messages");

        assertThat(messages.get(0).at("/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"query\":\"tide\"}");
        assertThat(messages.get(1).path("content").asText())
                .contains("【4:0†tides.txt】\nLow at six.");
    }

    @Test
    void aModelIsToldNoMoreOfWhatWasFoundThanAModelCanHold() {
        called(answered(Samples.found("call_s", 4, "潮".repeat(100_000))));

        assertThat(texts(1_000_000).get(1).length()).isBetween(21_000, 22_000);
    }

    @Test
    void aModelIsToldArgumentsThatAreJsonWhateverTheModelWrote() {
        called(
                answered(
                        Samples.call("call_a", "weather", "Brest").answeredWith("sunny"),
                        Samples.call("call_b", "weather", "").answeredWith("rainy")));

        assertThat(prompt().at("/messages/0/tool_calls").findValuesAsText("arguments"))
                .containsExactly("{\"arguments\":\"Brest\"}", "{}");
    }

    @Test
    void aModelIsToldWhatItsProviderWantsBackWithItsCalls() {
        RunStep step =
                answered(
                        Samples.call("call_a", "weather", "{}").answeredWith("sunny"),
                        new StepDetails.CodeInterpreterCall(
                                "call_c", new StepDetails.Code("1", List.of(), List.of(), null)));
        var calls = (StepDetails.ToolCalls) step.stepDetails();
        called(
                step.with(
                        new StepDetails.ToolCalls(
                                calls.toolCalls(),
                                new StepDetails.ProviderFields(
                                        Map.of("reasoning_content", "Hm."),
                                        Map.of(
                                                "call_a",
                                                Map.of("extra_content", Map.of("google", "sig")),
                                                "call_c",
                                                Map.of("function", Map.of("signature", "s")))))));

        JsonNode message = prompt().path("messages").get(0);

        assertThat(message.path("reasoning_content").asText()).isEqualTo("Hm.");
        assertThat(message.at("/tool_calls/0/extra_content/google").asText()).isEqualTo("sig");
        assertThat(message.at("/tool_calls/1/function/signature").asText()).isEqualTo("s");
        assertThat(message.at("/tool_calls/1/function/name").asText())
                .isEqualTo("code_interpreter");
    }

    @Test
    void aModelIsToldNamesThatAFunctionCouldHave() {
        called(answered(Samples.call("call_a", "my tool🌊", "{}").answeredWith("sunny")));

        assertThat(prompt().at("/messages/0/tool_calls/0/function/name").asText())
                .matches("[a-zA-Z0-9_-]+");
    }

    @Test
    void aModelIsToldTheFilesThatCodeCanOpen() {
        run = Samples.run(new Tool.CodeInterpreter());
        run = Samples.with(run, "{\"instructions\": \"Be brief.\"}");
        codeFiles.put("file-csv", "tides\n.csv");

        assertThat(texts(PLENTY))
                .containsExactly(
                        """
                        Be brief.

                        Files that code can open:
                        /mnt/data/file-csv is tides .csv""");
    }

    @Test
    void aModelIsToldNoImagesThatTheModelsOwnCodeHasShown() {
        said(
                Samples.begun(run, "msg_1")
                        .completed(
                                List.of(
                                        new MessageContent.ImageFile(
                                                Map.of("file_id", "file-chart")),
                                        MessageContent.Text.of("Here.")),
                                Samples.NOW));

        assertThat(texts(PLENTY)).containsExactly("Here.");
    }
}
