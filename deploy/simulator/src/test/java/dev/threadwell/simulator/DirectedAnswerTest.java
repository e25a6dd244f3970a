package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DirectedAnswerTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    /** A busy machine's own delay comes on top, but it is no hundred times of what is asked. */
    private static final long MUCH_LATER = 20_000;

    @Test
    void sayIsTheWholeText() throws Exception {
        var reply = simulator.complete(Chat.simulate("{\"say\":\"Hello, dear world.\"}"));

        assertThat(reply.content()).isEqualTo("Hello, dear world.");
        assertThat(reply.json().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void aStreamSaysItPieceByPieceAndIsDone() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"say\":\"Hello, dear 世界.\"}"));

        assertThat(events.pieces("content")).containsExactly("Hello", ",", " dear", " 世", "界", ".");
        assertThat(events.deltas().findFirst().orElseThrow().path("role").asText())
                .isEqualTo("assistant");
        assertThat(events.finishReasons()).containsExactly("stop");
        assertThat(events.isDone()).isTrue();
    }

    @Test
    void tokensIsTheExactLength() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"tokens\":50}"));

        assertThat(events.pieces("content")).hasSize(50);
        assertThat(events.text()).startsWith("lorem ipsum dolor");
    }

    @Test
    void tokensContinueWhatIsSaid() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"say\":\"Hello there\",\"tokens\":4}"));

        assertThat(events.text()).isEqualTo("Hello there lorem ipsum");
    }

    @Test
    void tokensCutWhatIsSaid() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"say\":\"one two three\",\"tokens\":2}"));

        assertThat(events.text()).isEqualTo("one two");
    }

    @Test
    void theFirstTokenComesWhenDirected() throws Exception {
        long asked = System.nanoTime();
        var events = simulator.stream(Chat.simulate("{\"say\":\"Hi\",\"first_token_ms\":200}"));

        assertThat(millis(events.textTimes().getFirst() - asked)).isBetween(200L, MUCH_LATER);
    }

    @Test
    void gapsLieBetweenTokens() throws Exception {
        long asked = System.nanoTime();
        var times = simulator.stream(Chat.simulate("{\"tokens\":11,\"gap_ms\":20}")).textTimes();

        assertThat(millis(times.getLast() - asked)).isBetween(199L, MUCH_LATER);
    }

    @Test
    void aWholeAnswerTakesAsLongAsItsStream() throws Exception {
        long asked = System.nanoTime();
        simulator.complete(Chat.simulate("{\"tokens\":11,\"gap_ms\":10,\"first_token_ms\":100}"));

        assertThat(millis(System.nanoTime() - asked)).isBetween(200L, MUCH_LATER);
    }

    @Test
    void callsAreStreamedInParallelWithTheirArgumentsInPieces() throws Exception {
        var events =
                simulator.stream(
                        Chat.simulate(
                                """
                                {"calls":[{"name":"weather","arguments":{"city":"Paris"}},
                                          {"name":"clock","arguments":"not json"}]}"""));

        assertThat(events.callDeltas().getFirst().at("/function/name").asText())
                .isEqualTo("weather");
        assertThat(events.callDeltas().getFirst().path("id").asText()).startsWith("call_");
        assertThat(events.argumentsOf(0)).isEqualTo("{\"city\":\"Paris\"}");
        assertThat(events.argumentsOf(1)).isEqualTo("not json");
        assertThat(events.callDeltas()).hasSizeGreaterThan(6);
        assertThat(events.finishReasons()).containsExactly("tool_calls");
    }

    @Test
    void aWholeAnswerCarriesItsCalls() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"calls\":[{\"name\":\"weather\",\"arguments\":{}}]}"));

        var call = reply.message().at("/tool_calls/0");
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(call.at("/function/name").asText()).isEqualTo("weather");
        assertThat(call.at("/function/arguments").asText()).isEqualTo("{}");
        assertThat(reply.message().path("content").isNull()).isTrue();
    }

    @Test
    void textCanComeBeforeCalls() throws Exception {
        var events =
                simulator.stream(
                        Chat.simulate("{\"say\":\"Let me see.\",\"calls\":[{\"name\":\"look\"}]}"));

        assertThat(events.text()).isEqualTo("Let me see.");
        assertThat(events.argumentsOf(0)).isEqualTo("{}");
    }

    @Test
    void thenDirectsTheNextSampling() throws Exception {
        var reply = simulator.complete(afterCalls("{\"say\":\"Sunny.\"}").output("c1", "20 C"));

        assertThat(reply.content()).isEqualTo("Sunny.");
    }

    @Test
    void thenNests() throws Exception {
        var chat =
                afterCalls("{\"calls\":[{\"name\":\"b\"}],\"then\":{\"say\":\"third\"}}")
                        .output("c1", "x")
                        .calling("c2", "b")
                        .output("c2", "y");

        assertThat(simulator.complete(chat).content()).isEqualTo("third");
    }

    @Test
    void withoutThenTheOutputsAreQuoted() throws Exception {
        var chat =
                Chat.simulate("{\"calls\":[{\"name\":\"weather\"}]}")
                        .calling("c1", "weather")
                        .output("c1", "20 degrees");

        assertThat(simulator.complete(chat).content()).contains("weather", "\"20 degrees\"");
    }

    @Test
    void aTextRepeatsItselfWhenSampledAgain() throws Exception {
        var chat = Chat.simulate("{\"say\":\"again\"}").message("assistant", "again");

        assertThat(simulator.complete(chat).content()).isEqualTo("again");
    }

    @Test
    void theSystemMessageDirectsWhenTheUserDoesNot() throws Exception {
        var chat =
                Chat.empty()
                        .message("system", "You are kind. simulate {\"say\":\"by system\"}")
                        .message("user", "Hello");

        assertThat(simulator.complete(chat).content()).isEqualTo("by system");
    }

    @Test
    void theUserOverrulesTheSystem() throws Exception {
        var chat =
                Chat.empty()
                        .message("system", "simulate {\"say\":\"by system\"}")
                        .message("user", "Please simulate {\"say\":\"by user\"} now");

        assertThat(simulator.complete(chat).content()).isEqualTo("by user");
    }

    @Test
    void finishNamesTheReason() throws Exception {
        var direction = "{\"say\":\"Hi\",\"finish\":\"content_filter\"}";

        assertThat(simulator.stream(Chat.simulate(direction)).finishReasons())
                .containsExactly("content_filter");
    }

    @Test
    void usageIsOverridden() throws Exception {
        var reply =
                simulator.complete(
                        Chat.simulate("{\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}"));

        assertThat(reply.json().at("/usage/prompt_tokens").asInt()).isEqualTo(7);
        assertThat(reply.json().at("/usage/completion_tokens").asInt()).isEqualTo(5);
        assertThat(reply.json().at("/usage/total_tokens").asInt()).isEqualTo(12);
    }

    @Test
    void aRefusalIsStreamedAsSuch() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"refusal\":\"I can not do that.\"}"));

        assertThat(String.join("", events.pieces("refusal"))).isEqualTo("I can not do that.");
        assertThat(events.text()).isEmpty();
    }

    @Test
    void aRefusalReplacesTheTextOfAWholeAnswer() throws Exception {
        var reply = simulator.complete(Chat.simulate("{\"refusal\":\"No.\"}"));

        assertThat(reply.message().path("refusal").asText()).isEqualTo("No.");
        assertThat(reply.message().path("content").isNull()).isTrue();
    }

    @Test
    void theRequestsLimitCutsTheAnswerShort() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"tokens\":9}").with("max_tokens", "3"));

        assertThat(events.pieces("content")).isEqualTo(List.of("lorem", " ipsum", " dolor"));
        assertThat(events.finishReasons()).containsExactly("length");
    }

    @Test
    void loneSurrogatesDoNotBreakTheStream() throws Exception {
        var events = simulator.stream(Chat.simulate("{\"say\":\"a \\ud83d b\"}"));

        assertThat(events.text()).isEqualTo("a \ufffd b");
    }

    private static Chat afterCalls(String then) {
        return Chat.simulate("{\"calls\":[{\"name\":\"a\"}],\"then\":" + then + "}")
                .calling("c1", "a");
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
