package dev.threadwell.runworker.hold;

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

/** A run that ends from outside, while a worker holds it. */
class StopTest {

    private static final String DELTA = "thread.message.delta";
    private static final ModelEvent HELLO = new ModelEvent.Text("Hello");

    private final World world = new World(Samples.run());

    @AfterEach
    void close() {
        world.close();
    }

    private static ModelEvent finished(String reason) {
        return new ModelEvent.Finished(reason);
    }

    private RunStatus status() {
        return world.runs.row().run().status();
    }

    private void assertLetGoOnce() {
        world.untilLetGo();
        assertThat(world.timesLetGo()).isEqualTo(1);
    }

    @Test
    void aStopOfACancelledRunEndsWhatIsOpen() {
        world.asked().says(HELLO);
        world.runs.moveTo(RunStatus.CANCELLING);

        world.hold.stop();

        assertLetGoOnce();
        assertThat(world.shownAfter(DELTA))
                .containsExactly(
                        "thread.run.cancelling",
                        "thread.run.step.cancelled",
                        "thread.message.incomplete",
                        "thread.run.cancelled");
        assertThat(world.model.aborted).isTrue();
        assertThat(world.runs.messages)
                .singleElement()
                .returns(MessageStatus.INCOMPLETE, Message::status);
        assertThat(world.runs.steps)
                .singleElement()
                .satisfies(s -> assertThat(s.step().status()).isEqualTo(StepStatus.CANCELLED));
    }

    @Test
    void aStopOfAnExpiredRunEndsWhatIsOpen() {
        world.asked().says(HELLO);
        world.runs.moveTo(RunStatus.EXPIRED);

        world.hold.stop();

        assertLetGoOnce();
        assertThat(world.shownAfter(DELTA))
                .containsExactly(
                        "thread.run.step.expired",
                        "thread.message.incomplete",
                        "thread.run.expired");
    }

    @Test
    void aStopOfADeletedRunLetsItGo() {
        world.asked().says(HELLO);
        world.runs.delete();

        world.hold.stop();

        assertLetGoOnce();
        assertThat(world.shown()).last().isEqualTo(DELTA);
        assertThat(world.model.aborted).isTrue();
    }

    @Test
    void aStopThatNobodyMeantChangesNothing() {
        world.asked().says(HELLO);

        world.hold.stop();
        world.onContext(() -> {});
        world.says(finished("stop"));
        world.stops();

        assertLetGoOnce();
        assertThat(status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aStopThatComesTwiceEndsTheRunOnce() {
        world.asked().says(HELLO);
        world.runs.moveTo(RunStatus.CANCELLING);
        CompletableFuture<Void> gate = world.runs.gate();

        world.hold.stop();
        world.hold.stop();
        World.until(() -> world.runs.writesBegun() > 0);
        world.hold.stop();
        world.onContext(() -> {});
        gate.complete(null);

        assertLetGoOnce();
        assertThat(world.shown()).containsOnlyOnce("thread.run.cancelling", "thread.run.cancelled");
    }

    @Test
    void aStopThatComesTooLateLetsTheAnswerStand() {
        world.asked().says(HELLO, finished("stop"));
        world.runs.moveTo(RunStatus.CANCELLING);

        world.stops();
        world.hold.stop();

        assertLetGoOnce();
        assertThat(world.shownAfter(DELTA))
                .containsExactly(
                        "thread.message.completed",
                        "thread.run.step.completed",
                        "thread.run.completed");
    }

    @Test
    void aStopBeforeTheModelIsAskedAsksItNot() {
        world.runs.moveTo(RunStatus.CANCELLING);

        world.begin(world.fresh());
        world.hold.stop();

        assertLetGoOnce();
        assertThat(world.shown())
                .containsExactly(
                        "thread.run.in_progress", "thread.run.cancelling", "thread.run.cancelled");
    }

    @Test
    void aStopIsTheEndOfWhatIsShown() {
        world.asked().says(HELLO);
        world.runs.moveTo(RunStatus.CANCELLING);
        world.hold.stop();
        world.untilLetGo();

        world.says(HELLO, finished("stop"));
        world.stops();

        assertThat(world.shown()).last().isEqualTo("thread.run.cancelled");
        assertThat(world.timesLetGo()).isEqualTo(1);
    }

    @Test
    void aStopThatMeetsASaveWaitsForIt() {
        world.asked().says(HELLO);
        CompletableFuture<Void> read = world.runs.readGate();
        CompletableFuture<Void> write = world.runs.gate();
        world.runs.moveTo(RunStatus.CANCELLING);
        world.hold.stop();
        world.says(new ModelEvent.Call(0, "call_w", "weather", "{}"));

        read.complete(null);
        world.onContext(() -> {});
        write.complete(null);

        assertLetGoOnce();
        assertThat(world.shownAfter(DELTA))
                .startsWith("thread.message.completed", "thread.run.step.completed")
                .endsWith(
                        "thread.run.cancelling",
                        "thread.run.step.cancelled",
                        "thread.run.cancelled");
        assertThat(world.shown()).containsOnlyOnce("thread.run.cancelled");
        assertThat(world.runs.messages).hasSize(1);
    }
}
