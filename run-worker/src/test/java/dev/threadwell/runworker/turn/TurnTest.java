package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.MessageStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The events, saved objects and result of a turn. */
class TurnTest {

    private static final String DELTA = "thread.message.delta";
    private static final String STEP_DELTA = "thread.run.step.delta";

    private final List<TurnOutput> shown = new ArrayList<>();
    private final Turn turn = new Turn(Samples.run(Samples.function("weather")), Samples.CLOCK);

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

    private static ModelEvent refusal(String value) {
        return new ModelEvent.Refusal(value);
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

    @Nested
    class AnAnswer {

        @Test
        void isShownAsTheOriginalShowsIt() {
            model(text("Since"), text(" it's \"warm\""), text(" 🌞"), finished("stop"), spent());

            assertThat(Shown.wire(shown)).isEqualTo(Shown.file("text.sse"));
        }

        @Test
        void endsWithItsWholeTextAndWhatItCost() {
            model(text("Low"), text(" tide"), finished("stop"), spent());

            var answered = (TurnResult.Answered) end();

            assertThat(answered.usage()).isEqualTo(Samples.SPENT);
            Message message = answered.written().message();
            assertThat(message.status()).isEqualTo(MessageStatus.COMPLETED);
            assertThat(message.completedAt()).isEqualTo(Samples.NOW);
            assertThat(message.content()).containsExactly(MessageContent.Text.of("Low tide"));
            RunStep step = answered.written().step().step();
            assertThat(step.status()).isEqualTo(StepStatus.COMPLETED);
            assertThat(step.usage()).isEqualTo(Samples.SPENT);
            assertThat(step.expiresAt()).isNotNull();
            assertThat(answered.written().step().spent()).isEqualTo(Samples.SPENT);
        }

        @Test
        void isNotBegunByAnEmptyPiece() {
            model(text(""));

            assertThat(shown).isEmpty();
        }

        @Test
        void withoutAWordIsAMessageWithAnEmptyText() {
            model(finished("stop"));

            var answered = (TurnResult.Answered) end();

            assertThat(Shown.names(shown))
                    .containsExactly(
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            DELTA);
            assertThat(answered.written().message().content())
                    .containsExactly(MessageContent.Text.of(""));
        }

        @Test
        void showsNothingMoreAtItsEnd() {
            model(text("Low tide"), finished("stop"));
            shown.clear();

            var _ = end();

            assertThat(shown).isEmpty();
        }
    }

    @Nested
    class ARefusal {

        @Test
        void isAPartOfItsOwnKind() {
            model(refusal("I can"), refusal(" not."), finished("stop"));

            var answered = (TurnResult.Answered) end();

            assertThat(Shown.data(DELTA, shown))
                    .containsExactly(
                            """
                            {"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"refusal","refusal":"I can"}]}}""",
                            """
                            {"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"refusal","refusal":" not."}]}}""");
            assertThat(answered.written().message().content())
                    .containsExactly(new MessageContent.Refusal("I can not."));
        }

        @Test
        void behindATextIsTheNextPart() {
            model(text("Well."), refusal("No."), finished("stop"));

            var answered = (TurnResult.Answered) end();

            assertThat(Shown.data(DELTA, shown).getLast())
                    .contains("\"index\":1,\"type\":\"refusal\"");
            assertThat(answered.written().message().content())
                    .containsExactly(
                            MessageContent.Text.of("Well."), new MessageContent.Refusal("No."));
        }
    }

    @Nested
    class ALimit {

        @Test
        void leavesAnIncompleteMessageOfACompletedStep() {
            model(text("On and"), finished("length"), spent());

            var cut = (TurnResult.CutShort) end();

            assertThat(cut.reason()).isEqualTo("max_completion_tokens");
            assertThat(cut.written()).isNotNull();
            assertThat(cut.written().message())
                    .returns(MessageStatus.INCOMPLETE, Message::status)
                    .returns(
                            new Message.IncompleteDetails("max_tokens"), Message::incompleteDetails)
                    .returns(List.of(MessageContent.Text.of("On and")), Message::content);
            assertThat(cut.written().step().step().status()).isEqualTo(StepStatus.COMPLETED);
            assertThat(cut.written().step().step().usage()).isEqualTo(Samples.SPENT);
        }

        @Test
        void beforeTheFirstWordLeavesNoMessage() {
            model(finished("length"), spent());

            assertThat(end())
                    .isEqualTo(
                            new TurnResult.CutShort(
                                    null, null, "max_completion_tokens", Samples.SPENT));
        }

        @Test
        void inTheMiddleOfACallEndsTheRunAsIncomplete() {
            model(begins(0, "call_w", "weather"), goesOn(0, "{\"ci"), finished("length"));

            var cut = (TurnResult.CutShort) end();

            assertThat(cut.written()).isNull();
            assertThat(cut.step()).isNotNull();
            assertThat(cut.step().step().stepDetails())
                    .isEqualTo(
                            new StepDetails.ToolCalls(
                                    List.of(Samples.call("call_w", "weather", "{\"ci"))));
        }
    }

    @Nested
    class AFailure {

        @Test
        void beforeAnythingLeavesNothingBehind() {
            assertThat(turn.failed(RunError.server()))
                    .isEqualTo(new TurnResult.Failed(null, null, RunError.server(), Usage.NONE));
        }

        @Test
        void inAMessageLeavesItIncompleteAndItsStepFailed() {
            model(text("It is"));

            var failed = (TurnResult.Failed) turn.failed(RunError.server());

            assertThat(failed.written()).isNotNull();
            assertThat(failed.written().message().incompleteDetails())
                    .isEqualTo(new Message.IncompleteDetails("run_failed"));
            RunStep step = failed.written().step().step();
            assertThat(step.status()).isEqualTo(StepStatus.FAILED);
            assertThat(step.failedAt()).isEqualTo(Samples.NOW);
            assertThat(step.lastError()).isEqualTo(RunError.server());
            assertThat(step.usage()).isEqualTo(Usage.NONE);
            assertThat(failed.step()).isNull();
        }

        @Test
        void inACallLeavesItsStepFailed() {
            model(text("So."), begins(0, "call_w", "weather"), goesOn(0, "{"));

            var failed = (TurnResult.Failed) turn.failed(RunError.server());

            assertThat(failed.written()).isNull();
            assertThat(failed.step()).isNotNull();
            assertThat(failed.step().step().status()).isEqualTo(StepStatus.FAILED);
            assertThat(failed.step().step().stepDetails())
                    .isEqualTo(
                            new StepDetails.ToolCalls(
                                    List.of(Samples.call("call_w", "weather", "{"))));
        }

        @Test
        void isAStreamThatEndsWithoutAReasonAndAWord() {
            assertThat(end()).isInstanceOf(TurnResult.Failed.class);
        }

        @Test
        void isNotAnAnswerThatEndsWithoutAReason() {
            model(text("It is"));

            assertThat(((TurnResult.Answered) end()).written().message().content())
                    .containsExactly(MessageContent.Text.of("It is"));
        }

        @Test
        void isACallThatEndsWithoutAReasonAndIsNotWhole() {
            model(begins(0, "call_w", "weather"), goesOn(0, "{\"ci"));

            assertThat(end()).isInstanceOf(TurnResult.Failed.class);
        }

        @Test
        void isACallThatEndsWithoutAReasonBehindItsName() {
            model(begins(0, "call_w", "weather"));

            assertThat(end()).isInstanceOf(TurnResult.Failed.class);
        }

        @Test
        void isNotAWholeCallThatEndsWithoutAReason() {
            model(begins(0, "call_w", "weather"), goesOn(0, "{\"city\":\"Brest\"}"));

            assertThat(end()).isInstanceOf(TurnResult.Called.class);
        }

        @Test
        void isAnAnswerThatItsContentFilterWithholds() {
            model(text("It is"), finished("content_filter"), spent());

            var failed = (TurnResult.Failed) end();

            assertThat(failed.error().code()).isEqualTo("invalid_prompt");
            assertThat(failed.usage()).isEqualTo(Samples.SPENT);
            assertThat(failed.written()).isNotNull();
            assertThat(failed.written().message().incompleteDetails())
                    .isEqualTo(new Message.IncompleteDetails("content_filter"));
        }
    }

    @Nested
    class AnEndFromOutside {

        @Test
        void findsNothingBeforeTheFirstPiece() {
            assertThat(turn.partial("run_cancelled")).isEqualTo(new Turn.Partial(null, null));
        }

        @Test
        void findsTheMessageSoFarAndItsOpenStep() {
            model(text("It is"));

            Turn.Partial partial = turn.partial("run_expired");

            assertThat(partial.message()).isNotNull();
            assertThat(partial.message().incompleteDetails())
                    .isEqualTo(new Message.IncompleteDetails("run_expired"));
            assertThat(partial.message().content())
                    .containsExactly(MessageContent.Text.of("It is"));
            assertThat(partial.step()).isNotNull();
            assertThat(partial.step().open()).isTrue();
        }

        @Test
        void findsTheCallsSoFar() {
            model(text("So."), begins(0, "call_w", "weather"));

            Turn.Partial partial = turn.partial("run_cancelled");

            assertThat(partial.message()).isNull();
            assertThat(partial.step()).isNotNull();
            assertThat(partial.step().step().stepDetails())
                    .isEqualTo(
                            new StepDetails.ToolCalls(
                                    List.of(Samples.call("call_w", "weather", ""))));
        }
    }
}
