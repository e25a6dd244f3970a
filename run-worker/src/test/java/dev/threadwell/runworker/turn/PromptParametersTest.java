package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters and tools of a model request. */
class PromptParametersTest {

    private static final int PLENTY = 100_000;
    private static final Tool WEATHER = Samples.function("weather");
    private static final Tool SEARCH = Samples.fileSearch();

    private final List<Entry> conversation = new ArrayList<>();
    private Run run = Samples.run();

    private void said(String role, String text) {
        conversation.add(new Entry.Said(Samples.said(role, text)));
    }

    private void called(RunStep step) {
        conversation.add(new Entry.Called(step));
    }

    private RunStep answered(StepDetails.ToolCall... calls) {
        return Samples.calling(run, "step_1", calls).completed(Samples.NOW, Usage.NONE);
    }

    private void given(String members) {
        run = Samples.with(run, members);
    }

    private JsonNode prompt() {
        return tree(request(PLENTY));
    }

    private byte[] request(int tokens) {
        PromptResult asking =
                Prompt.of(
                        run,
                        conversation,
                        AttachedFiles.NOTHING,
                        TokenBudget.of(run, Usage.NONE, tokens));
        return ((PromptResult.Request) asking).json();
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        return tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aPlainRunAsksForAStreamWithUsageAndNothingElse() {
        said("user", "When is low tide?");

        assertThat(prompt())
                .isEqualTo(
                        tree(
                                """
                                {"model": "sim-1",
                                 "messages": [{"role": "user", "content": "When is low tide?"}],
                                 "stream": true,
                                 "stream_options": {"include_usage": true}}
                                """));
    }

    @Test
    void parametersThatDifferFromTheirDefaultsArePassedOn() {
        given(
                """
                {"temperature": 0.2, "top_p": 0.5, "reasoning_effort": "low",
                 "max_completion_tokens": 300, "response_format": {"type": "json_object"}}
                """);

        JsonNode prompt = prompt();

        assertThat(prompt.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(prompt.path("top_p").asDouble()).isEqualTo(0.5);
        assertThat(prompt.path("reasoning_effort").asText()).isEqualTo("low");
        assertThat(prompt.path("max_completion_tokens").asInt()).isEqualTo(300);
        assertThat(prompt.path("response_format")).isEqualTo(tree("{\"type\": \"json_object\"}"));
    }

    @Test
    void parametersOfToolsAreLeftOutWithoutTools() {
        run = Samples.run();
        given("{\"tool_choice\": \"required\", \"parallel_tool_calls\": false}");

        assertThat(prompt().has("tools")).isFalse();
        assertThat(prompt().has("tool_choice")).isFalse();
        assertThat(prompt().has("parallel_tool_calls")).isFalse();
    }

    @Test
    void functionsAreOfferedInTheProvidersForm() {
        run = Samples.run(WEATHER);

        assertThat(prompt().path("tools"))
                .isEqualTo(
                        tree(
                                """
                                [{"type": "function",
                                  "function": {"name": "weather",
                                               "parameters": {"type": "object", "properties": {}},
                                               "strict": false}}]
                                """));
        assertThat(prompt().has("tool_choice")).isFalse();
        assertThat(prompt().has("parallel_tool_calls")).isFalse();
    }

    @Test
    void functionsAreCalledOneByOneIfTheRunWantsItSo() {
        run = Samples.run(WEATHER);
        given("{\"parallel_tool_calls\": false}");

        assertThat(prompt().path("parallel_tool_calls").asText()).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"required\"",
                "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}"
            })
    void functionsAreDemandedUntilOneHasBeenCalled(String choice) {
        run = Samples.run(WEATHER);
        given("{\"tool_choice\": " + choice + "}");

        assertThat(prompt().path("tool_choice")).isEqualTo(tree(choice));

        called(answered(Samples.call("call_w", "weather", "{}").answeredWith("sunny")));

        assertThat(prompt().has("tool_choice")).isFalse();
    }

    @Test
    void functionsAreDemandedAgainWhenTheCallHasFailed() {
        run = Samples.run(WEATHER);
        given("{\"tool_choice\": \"required\"}");
        called(Samples.calling(run, "step_1").failed(RunError.server(), Samples.NOW, Usage.NONE));

        assertThat(prompt().path("tool_choice").asText()).isEqualTo("required");
    }

    @Test
    void functionsAreForbiddenForTheWholeRun() {
        run = Samples.run(WEATHER);
        given("{\"tool_choice\": \"none\"}");
        called(answered(Samples.call("call_w", "weather", "{}").answeredWith("sunny")));

        assertThat(prompt().path("tool_choice").asText()).isEqualTo("none");
    }

    @Test
    void builtInToolsAreOfferedAsFunctionsInTheOrderOfTheRun() {
        run = Samples.run(SEARCH, WEATHER, new Tool.CodeInterpreter(), new Tool.CodeInterpreter());

        JsonNode tools = prompt().path("tools");

        assertThat(tools.findValuesAsText("name"))
                .containsExactly("file_search", "weather", "code_interpreter");
        assertThat(tools.get(0).at("/function/parameters/required/0").asText()).isEqualTo("query");
        assertThat(tools.get(2).at("/function/parameters/required/0").asText()).isEqualTo("code");
        assertThat(tools.get(2).at("/function/description").asText())
                .hasSizeLessThan(1024)
                .contains("/mnt/data");
    }

    @Test
    void builtInToolsGiveWayToFunctionsOfTheClientThatHaveTheirNames() {
        run = Samples.run(new Tool.CodeInterpreter(), Samples.function("code_interpreter"));
        given("{\"tool_choice\": {\"type\": \"code_interpreter\"}}");

        assertThat(prompt().path("tools").findValuesAsText("name"))
                .containsExactly("code_interpreter_2", "code_interpreter");
        assertThat(prompt().at("/tool_choice/function/name").asText())
                .isEqualTo("code_interpreter_2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code_interpreter", "file_search"})
    void builtInToolsAreDemandedByTheNamesOfTheirFunctions(String tool) {
        run = Samples.run(WEATHER, SEARCH, new Tool.CodeInterpreter());
        given("{\"tool_choice\": {\"type\": \"" + tool + "\"}}");

        assertThat(prompt().path("tool_choice"))
                .isEqualTo(
                        tree(
                                "{\"type\": \"function\", \"function\": {\"name\": \"%s\"}}"
                                        .formatted(tool)));
    }
}
