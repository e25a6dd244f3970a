package dev.threadwell.runworker.execution;

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

/** A worker takes over a run from a dead worker. */
class TakeoverTest {

    private static final String DELTA = "thread.message.delta";

    private final ExecutionFixture fixture = new ExecutionFixture(Samples.run());

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertReleasedOnce() {
        fixture.untilReleased();
        assertThat(fixture.timesReleased()).isEqualTo(1);
    }

    private final Run run = Samples.run();
    private final RunStep step = Samples.writing(run, "step_1", "msg_1");
    private final Message message = Samples.begun(run, "msg_1");

    private void left(String name, Object data) {
        fixture.leftOnStream.add(new StreamEvent(run.id(), 0, name, Json.bytes(data)));
    }

    private void leftAMessage() {
        left("thread.run.step.created", step);
        left("thread.message.created", message);
        fixture.leftOnStream.add(
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
        fixture.start(new StartReason.TakenOver());

        fixture.untilAsked();
        assertThat(fixture.shown()).containsExactly(StreamEvent.FENCE);
    }

    @Test
    void aTakeOverEndsWhatTheFormerWorkerLeftOpenThenAsksTheModel() {
        leftAMessage();

        fixture.start(new StartReason.TakenOver());

        fixture.untilAsked();
        assertThat(fixture.shown())
                .containsExactly(
                        StreamEvent.FENCE, "thread.message.incomplete", "thread.run.step.failed");
        assertThat(fixture.runs.messages)
                .singleElement()
                .returns(List.of(MessageContent.Text.of("Low")), Message::content);
    }

    @Test
    void aTakeOverShowsTheEndOfWhatTheFormerWorkerHadSaved() {
        leftAMessage();
        fixture.runs.savedSteps.put("step_1", step.completed(Samples.NOW, Usage.NONE));
        fixture.runs.savedMessages.put(
                "msg_1",
                message.completed(List.of(MessageContent.Text.of("Low tide")), Samples.NOW));

        fixture.start(new StartReason.TakenOver());

        fixture.untilAsked();
        assertThat(fixture.shown())
                .as("with the words that the client had not seen")
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.delta",
                        "thread.message.completed",
                        "thread.run.step.completed");
        assertThat(fixture.runs.messages).isEmpty();
        assertThat(fixture.runs.steps).isEmpty();
    }

    @Test
    void aTakeOverOfACancelledRunEndsWhatIsLeftAndThenTheRun() {
        leftAMessage();
        CompletableFuture<Void> gate = fixture.runs.gate();

        fixture.start(new StartReason.TakenOver());
        ExecutionFixture.until(() -> fixture.runs.writesBegun() == 1);
        fixture.runs.moveTo(RunStatus.CANCELLING);
        fixture.stop();
        gate.complete(null);

        assertReleasedOnce();
        assertThat(fixture.shown())
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.incomplete",
                        "thread.run.step.failed",
                        "thread.run.cancelling",
                        "thread.run.cancelled");
        assertThat(fixture.model.listener).isNull();
    }

    @Test
    void aRunThatHasBrokenItsWorkersEndsWithWhatWasSaidAndTheModelIsNotAsked() {
        leftAMessage();

        fixture.start(StartReason.Condemned.brokenWorkers());

        assertReleasedOnce();
        assertThat(fixture.shown())
                .containsExactly(
                        StreamEvent.FENCE,
                        "thread.message.incomplete",
                        "thread.run.step.failed",
                        "thread.run.failed");
        assertThat(fixture.model.listener).isNull();
    }

    @Test
    void aRunThatIsTooLargeStartsAndFails() {
        fixture.start(StartReason.Condemned.tooLarge(true));

        assertReleasedOnce();
        assertThat(fixture.shown())
                .containsExactly("thread.run.in_progress", StreamEvent.FENCE, "thread.run.failed");
        assertThat(fixture.model.listener).isNull();
    }
}
