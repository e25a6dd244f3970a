package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parsing the tool calls of a sampling, however a provider splits them. */
class CallsTest {

    private static final String DELTA = "thread.message.delta";
    private static final String STEP_DELTA = "thread.run.step.delta";

    private final List<TurnOutput> shown = new ArrayList<>();
    private Turn turn = new Turn(Samples.run(Samples.function("weather")), Samples.CLOCK);

    private void model(ModelEvent... events) {
        for (ModelEvent event : events) {
            shown.addAll(turn.on(event));
        }
    }

    private TurnResult end() {
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return ending.end();
    }

    private static ModelEvent text(String value) {
        return new ModelEvent.Text(value);
    }

    private static ModelEvent begins(int index, String id, String name) {
        return new ModelEvent.Call(index, id, name, "");
    }

    private static ModelEvent goesOn(int index, String arguments) {
        return new ModelEvent.Call(index, null, null, arguments);
    }

    private static ModelEvent finished(String reason) {
        return new ModelEvent.Finished(reason);
    }

    private static ModelEvent spent() {
        return new ModelEvent.Spent(Samples.SPENT);
    }

    @Test
    void callsAreShownAsTheOriginalShowsThem() {
        model(
                begins(0, "call_w", "weather"),
                goesOn(0, "{\"city\":"),
                goesOn(0, "\"Brest\"}"),
                finished("tool_calls"),
                spent());

        assertThat(Shown.wire(shown)).isEqualTo(Shown.file("call.sse"));
    }

    @Test
    void callsEndWithAnOpenStepThatHoldsThem() {
        model(begins(0, "call_w", "weather"), goesOn(0, "{}"), finished("tool_calls"), spent());

        var called = (TurnResult.Called) end();

        assertThat(called.step().step().status()).isEqualTo(StepStatus.IN_PROGRESS);
        assertThat(called.step().step().usage()).isNull();
        assertThat(called.step().spent()).isEqualTo(Samples.SPENT);
        assertThat(called.step().step().stepDetails())
                .isEqualTo(
                        new StepDetails.ToolCalls(
                                List.of(Samples.call("call_w", "weather", "{}"))));
        assertThat(called.functions())
                .containsExactly(
                        new RequiredAction.Call(
                                "call_w",
                                "function",
                                new RequiredAction.Function("weather", "{}")));
        assertThat(called.builtIns()).isEmpty();
    }

    @Test
    void callsInParallelAreToldApartHoweverTheirPiecesInterleave() {
        model(
                begins(0, "call_a", "weather"),
                begins(1, "call_b", "tide"),
                goesOn(1, "{\"b\""),
                goesOn(0, "{\"a\""),
                goesOn(1, ":1}"),
                goesOn(0, ":0}"),
                finished("tool_calls"));

        var called = (TurnResult.Called) end();

        assertThat(called.functions())
                .extracting(c -> c.id() + " " + c.function().arguments())
                .containsExactly("call_a {\"a\":0}", "call_b {\"b\":1}");
    }

    @Test
    void callsAreNumberedFromZeroInTheOrderOfTheirArrival() {
        turn =
                new Turn(
                        Samples.run(Samples.function("weather"), Samples.function("tide")),
                        Samples.CLOCK);
        model(begins(7, "call_a", "weather"), begins(3, "call_b", "tide"), goesOn(7, "{}"));

        assertThat(Shown.data(STEP_DELTA, shown))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"index\":0,\"id\":\"call_a\""),
                        second -> assertThat(second).contains("\"index\":1,\"id\":\"call_b\""),
                        third -> assertThat(third).contains("\"index\":0,\"type\""));
    }

    @Test
    void callsThatAllClaimTheSameIndexAreToldApartByTheirIds() {
        model(
                new ModelEvent.Call(0, "call_a", "weather", "{\"a\":0}"),
                new ModelEvent.Call(0, "call_b", "tide", "{\"b\":1}"),
                finished("tool_calls"));

        assertThat(((TurnResult.Called) end()).functions())
                .extracting(c -> c.id() + " " + c.function().arguments())
                .containsExactly("call_a {\"a\":0}", "call_b {\"b\":1}");
    }

    @Test
    void callsWhoseIdChangesFromPieceToPieceStayOneCall() {
        model(
                new ModelEvent.Call(0, "call_a", "weather", "{"),
                new ModelEvent.Call(0, "call_x", null, "}"),
                finished("tool_calls"));

        assertThat(((TurnResult.Called) end()).functions())
                .extracting(c -> c.id() + " " + c.function().arguments())
                .containsExactly("call_a {}");
    }

    @Test
    void callsWhoseNameIsRepeatedStayOneCall() {
        model(
                new ModelEvent.Call(0, "call_a", "weather", "{"),
                new ModelEvent.Call(0, "call_a", "weather", "}"),
                finished("tool_calls"));

        assertThat(((TurnResult.Called) end()).functions()).hasSize(1);
        assertThat(String.join("", Shown.data(STEP_DELTA, shown)))
                .containsOnlyOnce("\"name\"")
                .containsOnlyOnce("\"output\"")
                .containsOnlyOnce("call_a");
    }

    @Test
    void callsWithoutAnIdAreGivenOne() {
        model(new ModelEvent.Call(0, null, "weather", "{}"), finished("tool_calls"));

        assertThat(((TurnResult.Called) end()).functions())
                .allSatisfy(c -> assertThat(c.id()).matches("call_[0-9A-Za-z]{24}"));
    }

    @Test
    void callsCountEvenIfTheModelSaysThatItJustStopped() {
        model(new ModelEvent.Call(0, "call_a", "weather", "{}"), finished("stop"));

        assertThat(end()).isInstanceOf(TurnResult.Called.class);
    }

    @Test
    void callsFollowAMessageThatIsSavedBeforeItsEndIsShown() {
        model(text("Let me see."), begins(0, "call_w", "weather"), finished("tool_calls"), spent());

        assertThat(Shown.names(shown))
                .containsExactly(
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.message.created",
                        "thread.message.in_progress",
                        DELTA,
                        "(saved)",
                        "thread.message.completed",
                        "thread.run.step.completed",
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        STEP_DELTA);
        TurnOutput.Save saved =
                shown.stream()
                        .filter(TurnOutput.Save.class::isInstance)
                        .map(TurnOutput.Save.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(saved.message().content())
                .containsExactly(MessageContent.Text.of("Let me see."));
        assertThat(saved.step().step().status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(saved.step().spent()).isEqualTo(Usage.NONE);
    }

    @Test
    void callsAreNotInterruptedByBlankTextBehindThem() {
        model(begins(0, "call_w", "weather"), text("\n"), goesOn(0, "{}"), finished("tool_calls"));

        var called = (TurnResult.Called) end();

        assertThat(Shown.names(shown)).doesNotContain("thread.message.created");
        assertThat(called.step().step().type()).isEqualTo("tool_calls");
        assertThat(called.messages()).isEmpty();
    }

    @Test
    void builtInToolsAreCalledOnlyIfTheRunHasThem() {
        model(begins(0, "call_c", "code_interpreter"), finished("tool_calls"));

        assertThat(((TurnResult.Called) end()).functions()).hasSize(1);
    }

    @Test
    void builtInToolsAreNotTheClientsBusiness() {
        turn =
                new Turn(
                        Samples.run(
                                new Tool.CodeInterpreter(),
                                new Tool.FileSearch(
                                        new Tool.Options(null, new Tool.Ranking("auto", 0, null))),
                                Samples.function("weather")),
                        Samples.CLOCK);
        model(
                new ModelEvent.Call(0, "call_c", "code_interpreter", "1 + 1"),
                new ModelEvent.Call(1, "call_s", "file_search", "{}"),
                new ModelEvent.Call(2, "call_w", "weather", "{}"),
                finished("tool_calls"));

        var called = (TurnResult.Called) end();

        assertThat(called.builtIns())
                .extracting(StepDetails.ToolCall::id)
                .containsExactly("call_c", "call_s");
        assertThat(called.functions())
                .extracting(RequiredAction.Call::id)
                .containsExactly("call_w");
        assertThat(Shown.data(STEP_DELTA, shown)).hasSize(5);
        assertThat(Shown.data(STEP_DELTA, shown).getFirst())
                .endsWith(
                        """
                        {"index":0,"id":"call_c","type":"code_interpreter","code_interpreter":{"input":"","outputs":[]}}]}}}""");
        assertThat(Shown.data(STEP_DELTA, shown).get(1))
                .endsWith(
                        """
                        {"index":0,"type":"code_interpreter","code_interpreter":{"input":"1 + 1"}}]}}}""");
        assertThat(Shown.data(STEP_DELTA, shown).get(2)).contains("\"index\":1,\"id\":\"call_s\"");
    }

    @Test
    void codeIsShownAsItIsWhileItsArgumentsAreWritten() {
        turn = new Turn(Samples.run(new Tool.CodeInterpreter()), Samples.CLOCK);

        model(
                begins(0, "call_c", "code_interpreter"),
                goesOn(0, "{\"co"),
                goesOn(0, "de\": \"print(\\"),
                goesOn(0, "\"潮\\ud83c"),
                goesOn(0, "\\udf0a\\\")\\n\"}"),
                finished("tool_calls"));

        assertThat(inputs()).containsExactly("print(", "\"潮", "🌊\")\n");
        assertThat(((TurnResult.Called) end()).builtIns())
                .containsExactly(
                        new StepDetails.CodeInterpreterCall(
                                "call_c", StepDetails.Code.written("print(\"潮🌊\")\n")));
    }

    @Test
    void codeThatOnlyLooksLikeArgumentsIsShownAtItsEnd() {
        turn = new Turn(Samples.run(new Tool.CodeInterpreter()), Samples.CLOCK);

        model(
                new ModelEvent.Call(0, "call_c", "code_interpreter", "{\"a\": 1}"),
                finished("tool_calls"));
        var called = (TurnResult.Called) end();

        assertThat(inputs()).containsExactly("{\"a\": 1}");
        assertThat(called.builtIns())
                .containsExactly(
                        new StepDetails.CodeInterpreterCall(
                                "call_c", StepDetails.Code.written("{\"a\": 1}")));
    }

    private List<String> inputs() {
        return Shown.data(STEP_DELTA, shown).stream()
                .skip(1)
                .map(data -> Json.read(data, JsonNode.class))
                .map(delta -> delta.at("/delta/step_details/tool_calls/0/code_interpreter/input"))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void searchesBeginWithTheirRankingAndAreNumberedOn() {
        turn = new Turn(Samples.run(Samples.fileSearch()), Samples.CLOCK);
        turn.asked(new CitationSources(Map.of(), Map.of(), List.of(), 7));

        model(
                new ModelEvent.Call(0, "call_a", "file_search", "{\"query\":\"tide\"}"),
                new ModelEvent.Call(1, "call_b", "file_search", "{\"query\":\"moon\"}"),
                finished("tool_calls"));

        assertThat(Shown.data(STEP_DELTA, shown))
                .hasSize(2)
                .first()
                .asString()
                .endsWith(
                        """
                        {"index":0,"id":"call_a","type":"file_search","file_search":{"ranking_options":{"ranker":"default_2024_08_21","score_threshold":0.0},"results":[]}}]}}}""");
        assertThat(((TurnResult.Called) end()).builtIns())
                .extracting(call -> ((StepDetails.FileSearchCall) call).fileSearch().number())
                .containsExactly(7, 8);
    }
}
