package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunStatus;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageStatus;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that are ended from outside while a worker executes them. */
class StopTest {

    private static final String DELTA = "thread.message.delta";
    private static final ModelEvent HELLO = new ModelEvent.Text("Hello");

    private final ExecutionFixture fixture = new ExecutionFixture(Samples.run());

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ModelEvent finished(String reason) {
        return new ModelEvent.Finished(reason);
    }

    private RunStatus status() {
        return fixture.runs.row().run().status();
    }

    private void assertReleasedOnce() {
        fixture.untilReleased();
        assertThat(fixture.timesReleased()).isEqualTo(1);
    }

    @Test
    void aStopOfACancelledRunEndsWhatIsOpen() {
        fixture.asked().says(HELLO);
        fixture.runs.moveTo(RunStatus.CANCELLING);

        fixture.stop();

        assertReleasedOnce();
        assertThat(fixture.shownAfter(DELTA))
                .containsExactly(
                        "thread.run.cancelling",
                        "thread.run.step.cancelled",
                        "thread.message.incomplete",
                        "thread.run.cancelled");
        assertThat(fixture.model.aborted).isTrue();
        assertThat(fixture.runs.messages)
                .singleElement()
                .returns(MessageStatus.INCOMPLETE, Message::status);
        assertThat(fixture.runs.steps)
                .singleElement()
                .satisfies(s -> assertThat(s.step().status()).isEqualTo(StepStatus.CANCELLED));
    }

    @Test
    void aStopOfAnExpiredRunEndsWhatIsOpen() {
        fixture.asked().says(HELLO);
        fixture.runs.moveTo(RunStatus.EXPIRED);

        fixture.stop();

        assertReleasedOnce();
        assertThat(fixture.shownAfter(DELTA))
                .containsExactly(
                        "thread.run.step.expired",
                        "thread.message.incomplete",
                        "thread.run.expired");
    }

    @Test
    void aStopOfADeletedRunLetsItGo() {
        fixture.asked().says(HELLO);
        fixture.runs.delete();

        fixture.stop();

        assertReleasedOnce();
        assertThat(fixture.shown()).last().isEqualTo(DELTA);
        assertThat(fixture.model.aborted).isTrue();
    }

    @Test
    void aStopThatNobodyMeantChangesNothing() {
        fixture.asked().says(HELLO);

        fixture.stop();
        fixture.onContext(() -> {});
        fixture.says(finished("stop"));
        fixture.stops();

        assertReleasedOnce();
        assertThat(status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aStopThatComesTwiceEndsTheRunOnce() {
        fixture.asked().says(HELLO);
        fixture.runs.moveTo(RunStatus.CANCELLING);
        CompletableFuture<Void> gate = fixture.runs.gate();

        fixture.stop();
        fixture.stop();
        ExecutionFixture.until(() -> fixture.runs.writesBegun() > 0);
        fixture.stop();
        fixture.onContext(() -> {});
        gate.complete(null);

        assertReleasedOnce();
        assertThat(fixture.shown())
                .containsOnlyOnce("thread.run.cancelling", "thread.run.cancelled");
    }

    @Test
    void aStopThatComesTooLateLetsTheAnswerStand() {
        fixture.asked().says(HELLO, finished("stop"));
        fixture.runs.moveTo(RunStatus.CANCELLING);

        fixture.stops();
        fixture.stop();

        assertReleasedOnce();
        assertThat(fixture.shownAfter(DELTA))
                .containsExactly(
                        "thread.message.completed",
                        "thread.run.step.completed",
                        "thread.run.completed");
    }

    @Test
    void aStopBeforeTheModelIsAskedAsksItNot() {
        fixture.runs.moveTo(RunStatus.CANCELLING);

        fixture.start(fixture.fresh());
        fixture.stop();

        assertReleasedOnce();
        assertThat(fixture.shown())
                .containsExactly(
                        "thread.run.in_progress", "thread.run.cancelling", "thread.run.cancelled");
    }

    @Test
    void aStopIsTheEndOfWhatIsShown() {
        fixture.asked().says(HELLO);
        fixture.runs.moveTo(RunStatus.CANCELLING);
        fixture.stop();
        fixture.untilReleased();

        fixture.says(HELLO, finished("stop"));
        fixture.stops();

        assertThat(fixture.shown()).last().isEqualTo("thread.run.cancelled");
        assertThat(fixture.timesReleased()).isEqualTo(1);
    }

    @Test
    void aStopThatMeetsASaveWaitsForIt() {
        fixture.asked().says(HELLO);
        CompletableFuture<Void> read = fixture.runs.readGate();
        CompletableFuture<Void> write = fixture.runs.gate();
        fixture.runs.moveTo(RunStatus.CANCELLING);
        fixture.stop();
        fixture.says(new ModelEvent.Call(0, "call_w", "weather", "{}"));

        read.complete(null);
        fixture.onContext(() -> {});
        write.complete(null);

        assertReleasedOnce();
        assertThat(fixture.shownAfter(DELTA))
                .startsWith("thread.message.completed", "thread.run.step.completed")
                .endsWith(
                        "thread.run.cancelling",
                        "thread.run.step.cancelled",
                        "thread.run.cancelled");
        assertThat(fixture.shown()).containsOnlyOnce("thread.run.cancelled");
        assertThat(fixture.runs.messages).hasSize(1);
    }
}
