package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chunks of different providers and their meaning. */
class ChunkReaderTest {

    private static List<ModelEvent> read(String json) throws IOException {
        return ChunkReader.read(Json.mapper().readTree(json), true);
    }

    private static List<ModelEvent> delta(String delta) throws IOException {
        return read(
                "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                        + delta
                        + ",\"finish_reason\":null}],\"usage\":null}");
    }

    @Test
    void aTextIsPassedOnAsItIs() throws IOException {
        assertThat(delta("{\"content\":\" it's\\n\"}"))
                .containsExactly(new ModelEvent.Text(" it's\n"));
    }

    @Test
    void aRefusalIsNoText() throws IOException {
        assertThat(delta("{\"content\":null,\"refusal\":\"No.\"}"))
                .containsExactly(new ModelEvent.Refusal("No."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"assistant\"}",
                "{\"role\":\"assistant\",\"content\":null}",
                "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                "{\"tool_calls\":null}",
                "{}",
                "null"
            })
    void aChunkWithoutAWordSaysNothing(String delta) throws IOException {
        assertThat(delta(delta)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[],\"prompt_filter_results\":[{}]}",
                "{\"choices\":[{\"index\":0,\"content_filter_results\":{},\"finish_reason\":null}]}",
                "{\"choices\":null}",
                "{}",
                "[]"
            })
    void aChunkWithoutAChoiceOrADeltaSaysNothing(String chunk) throws IOException {
        assertThat(read(chunk)).isEmpty();
    }

    @Test
    void textAndACallMayShareADelta() throws IOException {
        assertThat(
                        delta(
                                """
                                {"content":"Well.","tool_calls":[{"index":0,"id":"a",
                                 "function":{"name":"tide","arguments":"{}"}}]}"""))
                .containsExactly(
                        new ModelEvent.Text("Well."), new ModelEvent.Call(0, "a", "tide", "{}"));
    }

    @Test
    void aCallComesInPieces() throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[{"index":1,"id":"call_a","type":"function",
                                 "function":{"name":"weather","arguments":""}}]}"""))
                .containsExactly(new ModelEvent.Call(1, "call_a", "weather", ""));
        assertThat(delta("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}"))
                .containsExactly(new ModelEvent.Call(1, null, null, "{}"));
    }

    @Test
    void aCallsFurtherPiecesMayHaveNullsInPlaceOfIdAndName() throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[{"index":0,"id":null,"type":null,
                                 "function":{"name":null,"arguments":"{}"}}]}"""))
                .containsExactly(new ModelEvent.Call(0, null, null, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"index\":null,"})
    void callsWithoutAnIndexAreNumberedByTheirPlace(String index) throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[
                                 {%1$s"id":"call_a","function":{"name":"weather","arguments":"{}"}},
                                 {%1$s"id":"call_b","function":{"name":"tide","arguments":"{}"}}]}"""
                                        .formatted(index)))
                .containsExactly(
                        new ModelEvent.Call(0, false, "call_a", "weather", "{}", false, Map.of()),
                        new ModelEvent.Call(1, false, "call_b", "tide", "{}", false, Map.of()));
    }

    @Test
    void argumentsMayBeJsonWhoseOrderAndNumbersStay() throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[{"index":0,"id":"call_a","function":{"name":"tide",
                                 "arguments":{"z":1.0,"a":12345678901234567890,"s":"\ud83c\udf0a"}}}]}"""))
                .containsExactly(
                        new ModelEvent.Call(
                                0,
                                true,
                                "call_a",
                                "tide",
                                "{\"z\":1.0,\"a\":12345678901234567890,\"s\":\"🌊\"}",
                                true,
                                Map.of()));
    }

    @Test
    void halfACharacterInJsonArgumentsIsReplaced() throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[{"index":0,"function":{"arguments":
                                 {"a":"x\ud83dy","b":"\\\\ud83d"}}}]}"""))
                .extracting(event -> ((ModelEvent.Call) event).arguments())
                .containsExactly("{\"a\":\"x\uFFFDy\",\"b\":\"\\\\ud83d\"}");
    }

    @Test
    void anOlderFunctionCallIsACallWithoutAnId() throws IOException {
        assertThat(delta("{\"function_call\":{\"name\":\"tide\",\"arguments\":\"{}\"}}"))
                .containsExactly(
                        new ModelEvent.Call(0, false, null, "tide", "{}", false, Map.of()));
    }

    @Test
    void whatElseIsSaidOfACallIsItsProvidersBusiness() throws IOException {
        assertThat(
                        delta(
                                """
                                {"tool_calls":[{"index":0,"id":"a","type":"function","x":null,
                                 "extra_content":{"google":{"thought_signature":"c2ln"}},
                                 "function":{"name":"tide","arguments":"{}","signature":"s"}}]}"""))
                .extracting(event -> ((ModelEvent.Call) event).providerFields())
                .containsExactly(
                        Map.of(
                                "extra_content",
                                Map.of("google", Map.of("thought_signature", "c2ln")),
                                "function",
                                Map.of("signature", "s")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Low\"                                                     | Low",
                "[{\"type\":\"text\",\"text\":\"Lo\"},{\"type\":\"text\",\"text\":\"w\"}] | Low",
                "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                        + "{\"type\":\"text\",\"text\":\"Low\"}]                     | Low",
                "[{\"type\":\"text\",\"text\":{\"value\":\"Low\"}}]                 | Low",
                "[{\"type\":\"reference\",\"reference_ids\":[1]},\"Low\"]            | Low",
                "{\"type\":\"text\",\"text\":\"Low\"}                               | Low",
            })
    void contentMayBeTypedParts(String content, String text) throws IOException {
        assertThat(
                        delta("{\"content\":" + content + "}").stream()
                                .map(event -> ((ModelEvent.Text) event).value())
                                .collect(Collectors.joining()))
                .isEqualTo(text);
    }

    @Test
    void aPartMayBeARefusal() throws IOException {
        assertThat(delta("{\"content\":[{\"type\":\"refusal\",\"refusal\":\"No.\"}]}"))
                .containsExactly(new ModelEvent.Refusal("No."));
    }

    @Test
    void aChoiceMayHaveAMessageInPlaceOfADelta() throws IOException {
        String chunk =
                "{\"choices\":[{\"message\":{\"content\":\"Low\"},\"finish_reason\":\"stop\"}]}";

        assertThat(read(chunk))
                .containsExactly(new ModelEvent.Text("Low"), new ModelEvent.Finished("stop"));
        assertThat(ChunkReader.read(Json.mapper().readTree(chunk), false))
                .containsExactly(new ModelEvent.Finished("stop"));
    }

    @Test
    void onlyTheFirstOfSeveralAnswersIsRead() throws IOException {
        assertThat(
                        read(
                                """
                                {"choices":[{"index":1,"delta":{"content":"b"}},
                                 {"index":0,"delta":{"content":"a"}}]}"""))
                .containsExactly(new ModelEvent.Text("a"));
        assertThat(read("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}")).isEmpty();
    }

    @Test
    void aReasonMayComeWithTheLastWord() throws IOException {
        assertThat(
                        read(
                                "{\"choices\":[{\"delta\":{\"content\":\"!\"},\"finish_reason\":\"stop\"}]}"))
                .containsExactly(new ModelEvent.Text("!"), new ModelEvent.Finished("stop"));
    }

    @Test
    void usageComesWithoutAChoice() throws IOException {
        assertThat(
                        read(
                                """
                                {"choices":[],"usage":{"prompt_tokens":70,"completion_tokens":7,"total_tokens":77,
                                 "prompt_tokens_details":{"cached_tokens":64},
                                 "completion_tokens_details":{"reasoning_tokens":3}}}"""))
                .containsExactly(new ModelEvent.Spent(Usage.of(70, 7, 64, 3)));
    }

    @Test
    void usageMayLackItsDetails() throws IOException {
        assertThat(
                        read(
                                "{\"choices\":null,\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":7}}"))
                .containsExactly(new ModelEvent.Spent(Usage.of(70, 7, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{},\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":7}}]}",
                "{\"x_groq\":{\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":7}}}",
                "{\"choices\":[],\"usage\":{\"input_tokens\":70,\"output_tokens\":7}}"
            })
    void usageIsFoundWhereverItIs(String chunk) throws IOException {
        assertThat(read(chunk)).containsExactly(new ModelEvent.Spent(Usage.of(70, 7, 0, 0)));
    }

    @Test
    void nothingSaysNothing() throws IOException {
        assertThat(read("")).isEmpty();
    }
}
