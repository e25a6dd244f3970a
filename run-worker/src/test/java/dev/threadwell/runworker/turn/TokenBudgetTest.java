package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The token limits of a run apply to all its samplings together. */
class TokenBudgetTest {

    private static final int WINDOW = 100_000;

    private final List<Entry> conversation = new ArrayList<>();
    private Run run = Samples.run();

    private void limits(String members) {
        run = Samples.with(run, members);
    }

    private void asked(String text) {
        conversation.add(new Entry.Said(Samples.said("user", text)));
    }

    private PromptResult having(long prompt, long completion) {
        Usage spent = Usage.of(prompt, completion, 0, 0);
        return Prompt.of(
                run, conversation, AttachedFiles.NOTHING, TokenBudget.of(run, spent, WINDOW));
    }

    private static JsonNode request(PromptResult asking) {
        assertThat(asking).isInstanceOf(PromptResult.Request.class);
        return Json.read(((PromptResult.Request) asking).json(), JsonNode.class);
    }

    @Test
    void whatEarlierSamplingsSaidIsTakenOffTheLimit() {
        limits("{\"max_completion_tokens\": 500}");
        asked("And high tide?");

        assertThat(request(having(10_000, 200)).path("max_completion_tokens").asInt())
                .isEqualTo(300);
    }

    @Test
    void withoutALimitTheModelIsGivenNone() {
        asked("And high tide?");

        assertThat(request(having(10_000, 200)).has("max_completion_tokens")).isFalse();
    }

    @Test
    void aRunThatHasSaidAllThatItMayAsksNothingMore() {
        limits("{\"max_completion_tokens\": 500}");
        asked("And high tide?");

        assertThat(having(0, 500)).isEqualTo(new PromptResult.NothingLeft("max_completion_tokens"));
        assertThat(having(0, 501)).isEqualTo(new PromptResult.NothingLeft("max_completion_tokens"));
    }

    @Test
    void aRunThatHasReadAllThatItMayAsksNothingMore() {
        limits("{\"max_prompt_tokens\": 500}");
        asked("And high tide?");

        assertThat(having(500, 0)).isEqualTo(new PromptResult.NothingLeft("max_prompt_tokens"));
    }

    @Test
    void whatEarlierSamplingsReadLeavesLessRoomForTheNext() {
        limits("{\"max_prompt_tokens\": 500}");
        asked("old ".repeat(190));
        asked("newest");

        assertThat(request(having(0, 0)).path("messages")).hasSize(2);
        assertThat(request(having(300, 0)).path("messages")).hasSize(1);
    }

    @Test
    void aQuestionThatDoesNotFitIntoTheLimitIsNotAsked() {
        limits("{\"max_prompt_tokens\": 300}");
        asked("long ".repeat(400));

        assertThat(having(0, 0)).isEqualTo(new PromptResult.NothingLeft("max_prompt_tokens"));
    }

    @Test
    void aQuestionThatDoesNotFitIntoTheModelIsLeftToTheModel() {
        asked("long ".repeat(200_000));

        assertThat(request(having(0, 0)).path("messages")).hasSize(1);
    }

    @Test
    void anAnswerHasRoomInTheWindow() {
        assertThat(TokenBudget.of(run, Usage.NONE, WINDOW).prompt()).isEqualTo(WINDOW - 4_096);
        assertThat(TokenBudget.of(run, Usage.NONE, 8_000).prompt()).isEqualTo(6_000);
        limits("{\"max_completion_tokens\": 10000}");
        assertThat(TokenBudget.of(run, Usage.NONE, WINDOW).prompt()).isEqualTo(90_000);
        assertThat(TokenBudget.of(run, Usage.NONE, 8_000).prompt()).isEqualTo(4_000);
    }
}
