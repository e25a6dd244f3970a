package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.run.ToolAnswers.Answer;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.topic.ToolAnswered;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The effect of a tool's answer on the run that waits for it. */
@Tag("server")
class ToolAnswersTest {

    private static final ToolOutput LOGS =
            new ToolOutput.Code(List.of(Map.of("type", "logs", "logs", "4\n")), List.of(), null);
    private static final ToolOutput BROKEN =
            new ToolOutput.Failed(new RunError("server_error", "The sandbox is gone."));

    private final Stores stores = new Stores();
    private final ToolAnswers answers = new ToolAnswers(stores.transactions, stores.clock);
    private final RunRow held = stores.claimedBy("w1");
    private final RunStep step =
            RunStep.begun(
                    Ids.step(),
                    held.run(),
                    new StepDetails.ToolCalls(List.of(code("call_a"), code("call_b"))),
                    Samples.NOW.getEpochSecond());

    ToolAnswersTest() {
        await(
                stores.claimed.suspend(
                        held,
                        List.of(),
                        List.of(new StepWithUsage(step, Samples.SPENT)),
                        List.of()));
    }

    private static StepDetails.ToolCall code(String id) {
        return new StepDetails.CodeInterpreterCall(id, StepDetails.Code.written("2 + 2"));
    }

    private Answer answered(String call, ToolOutput output) {
        return await(
                answers.save(
                        new ToolAnswered(
                                held.projectId(),
                                held.run().threadId(),
                                held.run().id(),
                                step.id(),
                                call,
                                output),
                        "w2"));
    }

    private RunStep storedStep() {
        RunStep stored = await(stores.steps.find(held.key(), step.id()));
        assertThat(stored).isNotNull();
        return stored;
    }

    @Test
    void theLastAnswerGivesTheRunToItsWorker() {
        assertThat(answered("call_a", LOGS)).isInstanceOf(Answer.MoreAwaited.class);

        Answer last = answered("call_b", LOGS);

        assertThat(last).isInstanceOf(Answer.GoesOn.class);
        assertThat(stores.stored(held).worker()).isEqualTo("w2");
        assertThat(storedStep().status()).isEqualTo(StepStatus.COMPLETED);
    }

    @Test
    void anAnswerCountsOnce() {
        answered("call_a", LOGS);

        assertThat(answered("call_a", BROKEN)).isInstanceOf(Answer.Ignored.class);
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void picturesThatAToolHasMadeCountOnceInWhatTheRunHasSpent() {
        RunRow drawing = stores.claimedBy("w1");
        RunStep drawn =
                RunStep.begun(
                        Ids.step(),
                        drawing.run(),
                        new StepDetails.ToolCalls(
                                List.of(
                                        new StepDetails.GenericCall(
                                                "call_1",
                                                ToolKind.TEXT_TO_IMAGE,
                                                Map.of(),
                                                "{}",
                                                null))),
                        Samples.NOW.getEpochSecond());
        await(
                stores.claimed.suspend(
                        drawing,
                        List.of(),
                        List.of(new StepWithUsage(drawn, Samples.SPENT)),
                        List.of()));
        ToolAnswered answer =
                new ToolAnswered(
                        drawing.projectId(),
                        drawing.run().threadId(),
                        drawing.run().id(),
                        drawn.id(),
                        "call_1",
                        new ToolOutput.Result(Map.of(), "", List.of(), List.of("f-1", "f-2")));

        await(answers.save(answer, "w2"));
        await(answers.save(answer, "w2"));

        assertThat(stores.stored(drawing).spent())
                .isEqualTo(drawing.spent().plus(Usage.ofImages(2)));
    }

    @Test
    void aCallThatCannotBeAnsweredEndsTheRunWithItsError() {
        answered("call_a", LOGS);

        assertThat(answered("call_b", BROKEN)).isInstanceOf(Answer.Ended.class);

        RunRow stored = stores.stored(held);
        assertThat(stored.run().status()).isEqualTo(RunStatus.FAILED);
        assertThat(stored.run().lastError())
                .isEqualTo(new RunError("server_error", "The sandbox is gone."));
        assertThat(storedStep().status()).isEqualTo(StepStatus.FAILED);
        assertThat(storedStep().lastError()).isEqualTo(stored.run().lastError());
        assertThat(stores.published.announced(held.run())).last().isEqualTo("thread.run.failed");
    }

    @Test
    void anAnswerBehindAFailureChangesNothing() {
        answered("call_b", BROKEN);

        assertThat(answered("call_a", LOGS)).isInstanceOf(Answer.Ignored.class);
        assertThat(storedStep().status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void anAnswerToACancelledRunChangesNothing() {
        await(stores.runs.apply(held.key(), new CancelRun()));

        assertThat(answered("call_a", LOGS)).isInstanceOf(Answer.Ignored.class);
        assertThat(answered("call_b", BROKEN)).isInstanceOf(Answer.Ignored.class);
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.CANCELLING);
    }
}
