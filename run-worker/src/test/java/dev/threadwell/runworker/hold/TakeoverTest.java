package dev.threadwell.runworker.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run whose former worker is gone. */
class TakeoverTest {

    private static final String DELTA = "thread.message.delta";

    private final World world = new World(Samples.run());

    @AfterEach
    void close() {
        world.close();
    }

    private void assertLetGoOnce() {
        world.untilLetGo();
        assertThat(world.timesLetGo()).isEqualTo(1);
    }

    private final Run run = Samples.run();
    private final RunStep step = Samples.writing(run, "step_1", "msg_1");
    private final Message message = Samples.begun(run, "msg_1");

    private void left(String name, Object data) {
        world.leftOnStream.add(new StreamEvent(run.id(), 0, name, Json.bytes(data)));
    }

    private void leftAMessage() {
        left("thread.run.step.created", step);
        left("thread.message.created", message);
        world.leftOnStream.add(
                new StreamEvent(
                        run.id(),
                        0,
                        DELTA,
                        """
                        {"delta":{"content":[{"index":0,"type":"text","text":{"value":"Low"}}]}}"""
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTakeOverFencesTheStreamAndAsksTheModel() {
        world.begin(new Beginning.TakenOver());

        world.untilAsked();
        assertThat(world.shown()).containsExactly(StreamEvent.FENCE);
    }

    @Test
    void aTakeOverEndsWhatTheFormerWorkerLeftOpenThenAsksTheModel() {
        leftAMessage();

        world.begin(new Beginning.TakenOver());

        world.untilAsked();
        assertThat(world.shown())
                .containsExactly(
                        StreamEvent.FENCE, "thread.message.incomplete", "thread.run.step.failed");
        assertThat(world.runs.messages)
                .singleElement()
                .returns(List.of(MessageContent.Text.of("Low")), Message::content);
    }

    @Test
    void aTakeOverShowsTheEndOfWhatTheFormerWorkerHadSaved() {
        leftAMessage();
        world.savedSteps.put("step_1", step.completed(Samples.NOW, Usage.NONE));
        world.savedMessages.put(
                "msg_1",
                message.completed(List.of(MessageContent.Text.of("Low tide")), Samples.NOW));

        world.begin(new Beginning.TakenOver());

        world.untilAsked();
        assertThat(world.shown())
                .as("with the words that the client had not seen")
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.delta",
                        "thread.message.completed",
                        "thread.run.step.completed");
        assertThat(world.runs.messages).isEmpty();
        assertThat(world.runs.steps).isEmpty();
    }

    @Test
    void aTakeOverOfACancelledRunEndsWhatIsLeftAndThenTheRun() {
        leftAMessage();
        CompletableFuture<Void> gate = world.runs.gate();

        world.begin(new Beginning.TakenOver());
        World.until(() -> world.runs.writesBegun() == 1);
        world.runs.moveTo(RunStatus.CANCELLING);
        world.hold.stop();
        gate.complete(null);

        assertLetGoOnce();
        assertThat(world.shown())
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.incomplete",
                        "thread.run.step.failed",
                        "thread.run.cancelling",
                        "thread.run.cancelled");
        assertThat(world.model.listener).isNull();
    }

    @Test
    void aRunThatHasBrokenItsWorkersEndsWithWhatWasSaidAndTheModelIsNotAsked() {
        leftAMessage();

        world.begin(Beginning.Condemned.brokenWorkers());

        assertLetGoOnce();
        assertThat(world.shown())
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.incomplete",
                        "thread.run.step.failed",
                        "thread.run.failed");
        assertThat(world.model.listener).isNull();
    }

    @Test
    void aRunThatIsTooLargeStartsAndFails() {
        world.begin(Beginning.Condemned.tooLarge(true));

        assertLetGoOnce();
        assertThat(world.shown())
                .containsExactly("thread.run.in_progress", StreamEvent.FENCE, "thread.run.failed");
        assertThat(world.model.listener).isNull();
    }
}
