package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.RunStep;
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

/** Text that a model writes after its tool calls is saved and does not disturb the calls. */
class TextBehindCallsTest {

    private final List<TurnOutput> shown = new ArrayList<>();
    private final Turn turn = new Turn(Samples.run(Samples.function("weather")), Samples.CLOCK);

    private TurnResult.Called called(ModelEvent... events) {
        for (ModelEvent event : events) {
            shown.addAll(turn.on(event));
        }
        shown.addAll(turn.on(new ModelEvent.Finished("tool_calls")));
        shown.addAll(turn.on(new ModelEvent.Spent(Samples.SPENT)));
        return (TurnResult.Called) turn.end().end();
    }

    private static final ModelEvent CALL = new ModelEvent.Call(0, "call_w", "weather", "{}");

    @Test
    void itIsAMessageOfItsOwnThatIsShownWhenItIsSaved() {
        var called = called(CALL, new ModelEvent.Text("One"), new ModelEvent.Text(" moment."));

        assertThat(Shown.names(shown)).doesNotContain("thread.message.created");
        assertThat(called.messages())
                .flatExtracting(message -> message.content())
                .containsExactly(MessageContent.Text.of("One moment."));
        assertThat(Shown.names(List.copyOf(called.shownWhenSaved())))
                .containsExactly(
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.message.created",
                        "thread.message.in_progress",
                        "thread.message.delta",
                        "thread.message.completed",
                        "thread.run.step.completed");
    }

    @Test
    void itsStepIsSavedBehindTheOpenStepOfTheCallsWhichHasTheTokens() {
        var called = called(CALL, new ModelEvent.Text("One moment."));

        assertThat(called.steps())
                .extracting(step -> step.step().status())
                .containsExactly(StepStatus.IN_PROGRESS, StepStatus.COMPLETED);
        assertThat(called.steps())
                .extracting(step -> step.spent())
                .containsExactly(Samples.SPENT, Usage.NONE);
    }

    @Test
    void itMayBeARefusal() {
        assertThat(called(CALL, new ModelEvent.Refusal("No.")).messages())
                .flatExtracting(message -> message.content())
                .containsExactly(new MessageContent.Refusal("No."));
    }

    @Test
    void itDoesNotCloseTheStepOfTheCallsForWhatMayFailLater() {
        var _ = called(CALL, new ModelEvent.Text("One moment."));

        assertThat(turn.partial("run_cancelled").step()).isNotNull();
    }

    @Test
    void itIsToldToTheModelAsOneMessageWithTheCalls() {
        var called = called(new ModelEvent.Text("Well."), CALL, new ModelEvent.Text("One moment."));
        RunStep step =
                called.step()
                        .step()
                        .with(
                                new StepDetails.ToolCalls(
                                        List.of(
                                                Samples.call("call_w", "weather", "{}")
                                                        .answeredWith("sunny"))))
                        .completed(Samples.NOW, Usage.NONE);
        List<Entry> conversation = new ArrayList<>();
        shown.stream()
                .filter(TurnOutput.Save.class::isInstance)
                .forEach(
                        save ->
                                conversation.add(
                                        new Entry.Said(((TurnOutput.Save) save).message())));
        called.messages().forEach(message -> conversation.add(new Entry.Said(message)));
        conversation.add(new Entry.Called(step));

        var asking =
                (PromptResult.Request)
                        Prompt.of(
                                Samples.run(Samples.function("weather")),
                                conversation,
                                new AttachedFiles(Map.of(), Map.of()),
                                new TokenBudget(100_000, null, null));

        assertThat(Json.compact(Json.read(asking.json(), Map.class).get("messages")))
                .isEqualTo(
                        """
                        [{"role":"assistant","content":"Well.\\nOne moment.","tool_calls":[{"id":"call_w","type":"function","function":{"name":"weather","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_w","content":"sunny"}]""");
    }
}
