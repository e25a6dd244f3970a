package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chunks of different providers say. */
class ChunkReaderTest {

    private static List<ModelEvent> read(String json) throws IOException {
        return ChunkReader.read(json.getBytes(StandardCharsets.UTF_8));
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
                "{\"reasoning_content\":\"hm\"}",
                "{}",
                "null"
            })
    void aChunkWithoutAWordSaysNothing(String delta) throws IOException {
        assertThat(delta(delta)).isEmpty();
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
                        new ModelEvent.Call(0, "call_a", "weather", "{}"),
                        new ModelEvent.Call(1, "call_b", "tide", "{}"));
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

    @Test
    void anErrorInTheStreamIsToldFromGarbage() {
        assertThatExceptionOfType(ChunkReader.ErrorInStream.class)
                .isThrownBy(() -> read("{\"error\":{\"message\":\"overloaded\",\"code\":503}}"))
                .satisfies(e -> assertThat(e.error().path("code").asInt()).isEqualTo(503));
    }

    @Test
    void garbageIsReported() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read("{\"choices\":"));
    }

    @Test
    void nothingSaysNothing() throws IOException {
        assertThat(read("")).isEmpty();
    }
}
