package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunError;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Response bodies in all forms that providers send. */
class ResponseBodyTest {

    private final List<ModelEvent> events = new ArrayList<>();
    private @Nullable ModelFailure failure;
    private boolean ended;

    private final ResponseBody body =
            new ResponseBody(
                    new ResponseBody.Listener() {
                        @Override
                        public boolean heard(List<ModelEvent> more, int attempt) {
                            return events.addAll(more) || true;
                        }

                        @Override
                        public void ended(List<ModelEvent> ofTheWhole, int attempt) {
                            assertThat(ended).isFalse();
                            events.addAll(ofTheWhole);
                            ended = true;
                        }

                        @Override
                        public void reported(
                                ProviderError error, byte[] raw, MultiMap headers, int attempt) {
                            failed(ModelFailure.reported(error, headers, Instant.EPOCH), attempt);
                        }

                        @Override
                        public void failed(ModelFailure why, int attempt) {
                            assertThat(failure).isNull();
                            failure = why;
                        }
                    },
                    1,
                    MultiMap.caseInsensitiveMultiMap());

    private ResponseBodyTest take(String text) {
        body.take(Buffer.buffer(text));
        return this;
    }

    private void whole(String text) {
        take(text);
        body.end();
    }

    private static String chunk(String choice) {
        return "data: {\"choices\":[" + choice + "]}\n\n";
    }

    private static String says(String text) {
        return chunk(
                "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}");
    }

    private static String stops(String reason) {
        return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}");
    }

    private String text() {
        return events.stream()
                .filter(ModelEvent.Text.class::isInstance)
                .map(event -> ((ModelEvent.Text) event).value())
                .collect(Collectors.joining());
    }

    private ModelFailure failure() {
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void aWholeCompletionIsAnAnswer() {
        whole(
                """
                {"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
                 "content":"Low.","tool_calls":[{"id":"call_a","type":"function",
                 "function":{"name":"tide","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":3,"completion_tokens":2}}""");

        assertThat(ended).isTrue();
        assertThat(events)
                .containsExactly(
                        new ModelEvent.Text("Low."),
                        new ModelEvent.Call(0, false, "call_a", "tide", "{}", false, Map.of()),
                        new ModelEvent.Finished("stop"),
                        new ModelEvent.Spent(Usage.of(3, 2, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFdata: {\"choices\":[{\"delta\":{\"content\":\"Low\"}}]}\n\ndata: [DONE]\n\n",
                "\r\n\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"Low\"}}]}\r\rdata: [DONE]",
                "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"Low\"}}]}\n\ndata: [DONE] \n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"Lo\"}}]}\ndata: {\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n",
                "{\"choices\":[{\"delta\":{\"content\":\"Lo\"}}]}\n{\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n",
                "[{\"choices\":[{\"delta\":{\"content\":\"Low\"}}]},{\"choices\":[]}]",
                ": hello\nid: 1\nretry: 5\nevent: chunk\ndata: {\"choices\":[{\"message\":{\"content\":\"Low\"}}]}\n\n",
                "data: {\"choices\":[{\"text\":\"Low\",\"error\":null}],\"error\":null,\"usage\":null}\n\ndata: [DONE]\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"Low\"}}]}\n\n"
                        + "data: {\"choices\":[{\"delta\":{},\"message\":{\"content\":\"Low\"},\"finish_reason\":\"stop\"}]}\n\n"
            })
    void anAnswerIsReadInWhateverFormItComes(String answer) {
        whole(answer);

        assertThat(text()).isEqualTo("Low");
        assertThat(ended).isTrue();
    }

    @Test
    void nothingBehindTheEndCounts() {
        whole(says("Low") + "data: [DONE]\n\n" + says("er"));

        assertThat(text()).isEqualTo("Low");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, stop",
        "end_turn, stop",
        "tool_use, stop",
        "surprise, stop",
        "max_tokens, length",
        "MAX_TOKENS, length",
        "model_length, length",
        "SAFETY, content_filter",
        "sensitive, content_filter"
    })
    void everyProvidersReasonIsUnderstood(String word, String reason) {
        whole(says("Low") + stops(word));

        assertThat(events).endsWith(new ModelEvent.Finished(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "network_error", "abort", "MALFORMED_FUNCTION_CALL"})
    void aReasonThatIsAnErrorIsAFailureThatMayPass(String word) {
        whole(stops(word));

        assertThat(failure().retryable()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void anErrorBesideItsReasonIsTold() {
        whole(
                chunk(
                        """
                        {"index":0,"delta":{"content":""},"finish_reason":"error","error":{"code":429,"message":"Slow down."}}"""
                                .strip()));

        assertThat(failure().error()).isEqualTo(new RunError("rate_limit_exceeded", "Slow down."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Slow down.\",\"code\":429}}",
                "[{\"error\":{\"message\":\"Slow down.\",\"code\":429}}]",
                "data: {\"error\":{\"message\":\"Slow down.\",\"code\":429}}\n\n",
                "event: error\ndata: {\"message\":\"Slow down.\",\"code\":429}\n\n",
                "data: {\"message\":\"Slow down.\",\"code\":429}\n\n",
                "data: {\"object\":\"error\",\"message\":\"Slow down.\",\"code\":429}\n\n",
                "{\"detail\":\"Slow down.\",\"status\":429}",
                "data: {\"choices\":null,\"error\":{\"message\":\"Slow down.\",\"code\":429}}\n\n"
            })
    void anErrorInPlaceOfAnAnswerIsFound(String answer) {
        whole(answer);

        assertThat(failure())
                .returns(true, ModelFailure::retryable)
                .returns(new RunError("rate_limit_exceeded", "Slow down."), ModelFailure::error);
    }

    @Test
    void anErrorBehindTextIsAFailureAndNoEnd() {
        whole(
                says("Low")
                        + "data: {\"error\":{\"message\":\"secret\",\"code\":502},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n");

        assertThat(text()).isEqualTo("Low");
        assertThat(failure().error()).isEqualTo(RunError.server());
        assertThat(ended).isFalse();
    }

    @Test
    void usageInEveryChunkCountsOnce() {
        String usage =
                "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":%d}}\n\n";
        whole(
                usage.formatted("Lo", 1)
                        + usage.formatted("w", 2)
                        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}\n\n"
                        + stops("stop"));

        assertThat(events)
                .filteredOn(ModelEvent.Spent.class::isInstance)
                .containsExactly(new ModelEvent.Spent(Usage.of(3, 2, 0, 0)));
    }

    @Test
    void whatACallBringsAlongIsBounded() {
        whole(
                chunk(
                                "{\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"deep\":%s%s,\"function\":{\"name\":\"tide\",\"arguments\":\"{}\"}}]}}"
                                        .formatted("[".repeat(100), "1" + "]".repeat(100)))
                        + chunk(
                                "{\"delta\":{\"tool_calls\":[{\"id\":\"b\",\"long\":\"%s\",\"function\":{\"name\":\"tide\",\"arguments\":\"{}\"}}]}}"
                                        .formatted("x".repeat(300_000)))
                        + stops("tool_calls"));

        assertThat(events)
                .filteredOn(ModelEvent.Call.class::isInstance)
                .extracting(event -> ((ModelEvent.Call) event).providerFields())
                .containsExactly(Map.of(), Map.of());
    }

    @Test
    void anErrorEventMayBePlainText() {
        whole("event: error\ndata: The cache is cold.\n\n");

        assertThat(failure().error().message()).isEqualTo("The cache is cold.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                ": ping\n\n",
                "data: [DONE]\n\n",
                "<html><body>Bad gateway</body></html>",
                "Internal error",
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\ndata: [DONE]\n\n",
                "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":0}}\n\n"
            })
    void nothingSaidIsAFailureThatMayPass(String answer) {
        whole(answer);

        assertThat(failure().retryable()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void anAnswerWithoutAWordIsOneIfItSaysThatItIs() {
        whole(stops("stop"));

        assertThat(ended).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"del",
                "data: {\"choices\":[{\"del\n\n",
                "data: hello\n\n"
            })
    void anEventThatIsNoJsonIsAFailure(String rest) {
        whole(says("Low") + rest);

        assertThat(failure().error()).isEqualTo(RunError.server());
        assertThat(ended).isFalse();
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() {
        byte[] begin =
                "data: {\"choices\":[{\"delta\":{\"content\":\"a".getBytes(StandardCharsets.UTF_8);
        body.take(Buffer.buffer(begin).appendByte((byte) 0xff).appendString("b\"}}]}\n\n"));
        body.end();

        assertThat(text()).isEqualTo("a\uFFFDb");
    }

    @Test
    void aLineWithoutAnEndIsGivenUp() {
        take("data: ");
        for (int i = 0; i < 5 && failure == null; i++) {
            take("x".repeat(1024 * 1024));
        }

        assertThat(failure().error().message()).isEqualTo("The model's answer is too long.");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() {
        String piece = says("x".repeat(50_000));
        for (int i = 0; i < 30 && failure == null; i++) {
            take(piece);
        }

        assertThat(failure().error().message()).isEqualTo("The model's answer is too long.");
        assertThat(text().length()).isLessThanOrEqualTo(1_048_576);
    }

    @Test
    void aWholeAnswerWithoutAnEndIsGivenUp() {
        take("{\"choices\":[\"");
        for (int i = 0; i < 20 && failure == null; i++) {
            take("x".repeat(1024 * 1024));
        }

        assertThat(failure().retryable()).isFalse();
    }

    @Test
    void depthIsNoDanger() {
        whole("data: " + "[".repeat(100_000) + "\n\n");

        assertThat(failure().error()).isEqualTo(RunError.server());
    }

    @Test
    void aLargePieceIsCutIntoSmallOnes() {
        whole(says("x".repeat(20_000)));

        assertThat(events).hasSize(3);
        assertThat(text()).hasSize(20_000);
    }

    @Test
    void whatAProviderWantsBackComesWholeAtTheEnd() {
        whole(
                chunk(
                                "{\"delta\":{\"reasoning_content\":\"Let me \",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"Let me \"}]}}")
                        + chunk(
                                "{\"delta\":{\"reasoning_content\":\"see.\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"see.\"}]}}")
                        + chunk(
                                "{\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"signature\":\"c2ln\"}]}}")
                        + chunk(
                                "{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"tide\",\"arguments\":\"{}\"}}]}}")
                        + stops("tool_calls"));

        assertThat(events)
                .contains(
                        new ModelEvent.ProviderFields(
                                Map.of(
                                        "reasoning_content",
                                        "Let me see.",
                                        "reasoning_details",
                                        List.of(
                                                Map.of(
                                                        "type",
                                                        "reasoning.text",
                                                        "index",
                                                        0,
                                                        "text",
                                                        "Let me see.",
                                                        "signature",
                                                        "c2ln")))));
    }

    @Test
    void whatAProviderWantsBackIsBounded() {
        for (int i = 0; i < 100; i++) {
            take(
                    chunk(
                            "{\"delta\":{\"reasoning_content\":\"%1$s\",\"reasoning_details\":[{\"type\":\"t\",\"data\":\"%1$s\"}]}}"
                                    .formatted("x".repeat(10_000))));
        }
        whole(says("Low"));

        assertThat(events)
                .contains(
                        new ModelEvent.ProviderFields(
                                Map.of("reasoning_content", "x".repeat(256 * 1024))));
    }
}
