package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.RunError;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.Samples;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls of providers that omit, repeat or delay the ids, names and indexes of calls. */
class CallDialectsTest {

    private static final String OSLO = "{\"city\":\"Oslo\"}";
    private static final String ROME = "{\"city\":\"Rome\"}";

    private final List<TurnOutput> shown = new ArrayList<>();
    private final Turn turn =
            new Turn(
                    Samples.run(
                            Samples.function("weather"),
                            Samples.function("weather_forecast"),
                            Samples.function("tide"),
                            new Tool.CodeInterpreter(),
                            Samples.fileSearch()),
                    Samples.CLOCK);

    private void model(ModelEvent... events) {
        for (ModelEvent event : events) {
            shown.addAll(turn.on(event));
        }
    }

    private TurnResult end() {
        model(new ModelEvent.Finished("stop"));
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return ending.end();
    }

    private TurnResult.Called called() {
        return (TurnResult.Called) end();
    }

    private static ModelEvent piece(
            @Nullable Integer index, @Nullable String id, @Nullable String name, String arguments) {
        return new ModelEvent.Call(
                index == null ? 0 : index, index != null, id, name, arguments, false, Map.of());
    }

    private static ModelEvent json(@Nullable String id, @Nullable String name, String arguments) {
        return new ModelEvent.Call(0, false, id, name, arguments, true, Map.of());
    }

    private static List<String> functions(TurnResult.Called called) {
        return called.functions().stream()
                .map(call -> call.function().name() + call.function().arguments())
                .toList();
    }

    /** The deltas that clients add up must equal the stored object. */
    private List<String> addedUp() {
        List<String> added = new ArrayList<>();
        for (String data : Shown.data("thread.run.step.delta", shown)) {
            JsonNode call = Json.read(data, JsonNode.class).at("/delta/step_details/tool_calls/0");
            int index = call.path("index").asInt();
            assertThat(index).isLessThanOrEqualTo(added.size());
            if (call.has("id")) {
                assertThat(index).isEqualTo(added.size());
                added.add("");
            }
            added.set(
                    index,
                    added.get(index)
                            + call.at("/function/name").asText("")
                            + call.at("/function/arguments").asText(""));
        }
        return added;
    }

    private void areTwoCalls() {
        var called = called();

        assertThat(functions(called)).containsExactly("weather" + OSLO, "weather" + ROME);
        assertThat(called.functions()).extracting(RequiredAction.Call::id).doesNotHaveDuplicates();
        assertThat(addedUp()).isEqualTo(functions(called));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "always 0"})
    void twoWholeCallsWithoutAnIdAreTwoCalls(String index) {
        Integer given = index.equals("none") ? null : 0;
        model(piece(given, "", "weather", OSLO), piece(given, "", "weather", ROME));

        areTwoCalls();
    }

    @Test
    void twoCallsWithoutAnIdMayComeInPieces() {
        model(
                piece(null, null, "weather", "{\"city\":"),
                piece(null, null, null, "\"Oslo\"}"),
                piece(null, null, "weather", "{\"city\":"),
                piece(null, null, null, "\"Rome\"}"));

        areTwoCalls();
    }

    @Test
    void twoCallsWithoutAnIdMayShareAChunk() {
        model(
                piece(null, null, "weather", OSLO),
                new ModelEvent.Call(1, false, null, "weather", ROME, false, Map.of()));

        areTwoCalls();
    }

    @Test
    void callsWithoutAnIdAreToldApartByTheirNames() {
        model(piece(0, "", "weather", ""), piece(0, "", "tide", ""));

        assertThat(functions(called())).containsExactly("weather{}", "tide{}");
    }

    @Test
    void callsWithoutAnIdAreGivenOne() {
        model(piece(0, null, "weather", OSLO), piece(1, null, "weather", ROME));

        areTwoCalls();
    }

    @Test
    void callsOfTheSameIdAreTwoCallsWithTwoIds() {
        model(
                piece(0, "functions.weather:0", "weather", OSLO),
                piece(1, "functions.weather:0", "weather", ROME));

        areTwoCalls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "always 0"})
    void callsOfTheSameIdAndPlaceAreTwoCallsWithTwoIds(String index) {
        Integer given = index.equals("none") ? null : 0;
        model(piece(given, "w:0", "weather", OSLO), piece(given, "w:0", "weather", ROME));

        areTwoCalls();
    }

    @Test
    void aCallThatIsRepeatedAsItWasIsOneCall() {
        model(piece(0, "w:0", "weather", OSLO), piece(0, "w:0", "weather", OSLO));

        assertThat(functions(called())).containsExactly("weather" + OSLO);
    }

    @Test
    void codeOfTheSameIdIsExecutedTwice() {
        model(
                piece(0, "c:0", "code_interpreter", "{\"code\":\"1\"}"),
                piece(1, "c:0", "code_interpreter", "{\"code\":\"2\"}"));

        assertThat(called().builtIns())
                .extracting(StepDetails.ToolCall::id)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void aNameMayComeBehindTheId() {
        model(
                piece(0, "call_a", "", ""),
                piece(0, null, "weather", ""),
                piece(0, null, null, OSLO));

        var called = called();

        assertThat(functions(called)).containsExactly("weather" + OSLO);
        assertThat(called.functions().getFirst().id()).isEqualTo("call_a");
        assertThat(addedUp()).containsExactly("weather" + OSLO);
    }

    @Test
    void aNameMayComeBehindTheArguments() {
        model(piece(0, "call_a", null, OSLO), piece(0, null, "weather", ""));

        assertThat(functions(called())).containsExactly("weather" + OSLO);
        assertThat(addedUp()).containsExactly("weather" + OSLO);
    }

    @Test
    void aLateNameMakesABuiltInToolOfTheCall() {
        model(
                piece(0, "call_a", "", ""),
                piece(0, null, "code_interpreter", "{\"code\":\"1 + 1\"}"));

        var called = called();

        assertThat(called.functions()).isEmpty();
        assertThat(called.builtIns())
                .containsExactly(
                        new StepDetails.CodeInterpreterCall(
                                "call_a", StepDetails.Code.written("1 + 1")));
    }

    @Test
    void lateNamesOfParallelCallsAreShownInOrder() {
        model(
                piece(0, "call_a", "", ""),
                piece(1, "call_b", "", ""),
                piece(1, null, "tide", "{}"),
                piece(0, null, "weather", OSLO));

        assertThat(functions(called())).containsExactly("weather" + OSLO, "tide{}");
        assertThat(addedUp()).containsExactly("weather" + OSLO, "tide{}");
    }

    @Test
    void lateNamesOfCallsThatAllHaveTheIndexZeroAreToldApart() {
        model(
                piece(0, "call_a", "", ""),
                piece(0, null, "weather", OSLO),
                piece(0, "call_b", "", ""),
                piece(0, null, "weather", ROME));

        areTwoCalls();
    }

    @Test
    void aLateIdIsTheCallsIdIfNobodyHasSeenAnother() {
        model(piece(0, null, "", ""), piece(0, "call_a", "weather", OSLO));

        assertThat(called().functions().getFirst().id()).isEqualTo("call_a");
    }

    @Test
    void anIdInLaterPiecesFindsItsCallWithoutAnIndex() {
        model(
                piece(0, "call_a", "weather", ""),
                piece(1, "call_b", "tide", ""),
                piece(null, "call_b", null, "{}"),
                piece(null, "call_a", null, OSLO));

        assertThat(functions(called())).containsExactly("weather" + OSLO, "tide{}");
    }

    @Test
    void aNameMayComeInPieces() {
        model(
                piece(0, "call_a", "weather", ""),
                piece(0, null, "_fore", ""),
                piece(0, null, "cast", ""),
                piece(0, null, null, OSLO));

        assertThat(functions(called())).containsExactly("weather_forecast" + OSLO);
        assertThat(addedUp()).containsExactly("weather_forecast" + OSLO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weather", "", "tide"})
    void aNameThatIsKnownStaysInThePiecesOfTheSameCall(String later) {
        model(
                piece(0, "call_a", "weather", ""),
                piece(0, "call_a", later, "{\"city\":"),
                piece(0, "call_a", later, "\"Oslo\"}"));

        assertThat(functions(called())).containsExactly("weather" + OSLO);
    }

    @Test
    void anUnknownNameIsTheClientsToAnswer() {
        model(piece(0, "call_a", "nobody", "{}"));

        assertThat(functions(called())).containsExactly("nobody{}");
    }

    @Test
    void aCallWithoutANameFails() {
        model(piece(0, "call_a", "", OSLO));

        assertThat(((TurnResult.Failed) end()).error())
                .isEqualTo(
                        new RunError(
                                "server_error", "The model called a function without a name."));
    }

    @Test
    void anIdAloneIsNoCall() {
        model(piece(0, "call_a", "weather", OSLO), piece(1, "call_b", "", ""));

        assertThat(functions(called())).containsExactly("weather" + OSLO);
    }

    @Test
    void argumentsMayBeJson() {
        model(json("call_a", "weather", OSLO));

        assertThat(functions(called())).containsExactly("weather" + OSLO);
        assertThat(addedUp()).containsExactly("weather" + OSLO);
    }

    @Test
    void argumentsThatAreJsonMayComeInPiecesAndBehindAPlaceholder() {
        model(
                json("call_a", "weather", "{}"),
                json("call_a", "weather", OSLO),
                json(null, null, "{\"unit\":\"C\"}"));

        assertThat(functions(called()))
                .containsExactly("weather{\"city\":\"Oslo\",\"unit\":\"C\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "w:0"})
    void argumentsThatAreJsonTellCallsApart(String id) {
        model(json(id, "weather", OSLO), json(id, "weather", ROME));

        areTwoCalls();
    }

    @Test
    void argumentsThatAreMissingAreNone() {
        model(piece(0, "call_a", "tide", ""));

        assertThat(functions(called())).containsExactly("tide{}");
        assertThat(addedUp()).containsExactly("tide{}");
    }

    @Test
    void argumentsHaveNoHalfCharacters() {
        model(
                piece(0, "call_a", "tide", "{\"a\":\"\ud83c"),
                piece(0, null, null, "\udf0a\ud83c\"}"));

        assertThat(functions(called())).containsExactly("tide{\"a\":\"🌊\uFFFD\"}");
        assertThat(addedUp()).containsExactly("tide{\"a\":\"🌊\uFFFD\"}");
    }

    @Test
    void codeHasNoHalfCharactersEvenIfItsArgumentsEscapeThem() {
        model(piece(0, "call_a", "code_interpreter", "{\"code\":\"\\ud83c\\udf0a\\ud83cx\"}"));

        assertThat(called().builtIns())
                .containsExactly(
                        new StepDetails.CodeInterpreterCall(
                                "call_a", StepDetails.Code.written("🌊\uFFFDx")));
    }

    @Test
    void aThousandCallsAreEnough() {
        IntStream.range(0, 3_000).forEach(i -> model(piece(i, "call_" + i, "weather", "{}")));

        assertThat(end()).isInstanceOf(TurnResult.Failed.class);
    }

    @Test
    void whatAProviderWantsBackIsKeptWithTheCallsAndNotShown() {
        Map<String, Object> signature = Map.of("extra_content", Map.of("google", "c2ln"));
        model(
                new ModelEvent.Call(0, true, "call_a", "weather", OSLO, false, signature),
                new ModelEvent.ProviderFields(Map.of("reasoning_content", "Hm.")));

        var details = (StepDetails.ToolCalls) called().step().step().stepDetails();

        assertThat(details.providerFields())
                .isEqualTo(
                        new StepDetails.ProviderFields(
                                Map.of("reasoning_content", "Hm."), Map.of("call_a", signature)));
        assertThat(Shown.wire(shown)).doesNotContain("Hm.").doesNotContain("c2ln");
    }
}
