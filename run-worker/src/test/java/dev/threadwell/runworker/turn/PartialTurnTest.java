package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconstructs a dead worker's unfinished turn from its stream, and ends it. */
class PartialTurnTest {

    private static final Run RUN = Samples.run();
    private static final RunStep STEP = Samples.writing(RUN, "step_1", "msg_1");
    private static final Message MESSAGE = Samples.begun(RUN, "msg_1");

    private final List<StreamEvent> stream = new ArrayList<>();

    private void wrote(int epoch, String name, Object data) {
        stream.add(new StreamEvent(RUN.id(), epoch, name, Json.bytes(data)));
    }

    private void said(int epoch, String text) {
        wroteRaw(
                epoch,
                "{\"delta\":{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\""
                        + text
                        + "\"}}]}}");
    }

    private void wroteRaw(int epoch, String delta) {
        stream.add(
                new StreamEvent(
                        RUN.id(),
                        epoch,
                        "thread.message.delta",
                        delta.getBytes(StandardCharsets.UTF_8)));
    }

    private void beganAMessage(int epoch) {
        wrote(epoch, "thread.run.in_progress", RUN);
        wrote(epoch, "thread.run.step.created", STEP);
        wrote(epoch, "thread.run.step.in_progress", STEP);
        wrote(epoch, "thread.message.created", MESSAGE);
        wrote(epoch, "thread.message.in_progress", MESSAGE);
    }

    private PartialTurn found() {
        return PartialTurn.of(stream);
    }

    private void assertNothingIsOpen() {
        assertThat(found().endedStep(Samples.NOW)).isNull();
        assertThat(found().endedMessage(Samples.NOW)).isNull();
    }

    @Test
    void aRunThatShowedNothingLeavesNothingOpen() {
        wrote(1, "thread.run.in_progress", RUN);

        assertNothingIsOpen();
    }

    @Test
    void anOpenMessageEndsIncompleteWithWhatItsClientHasSeen() {
        beganAMessage(1);
        said(1, "Low");
        said(1, " tide");

        Message ended = found().endedMessage(Samples.NOW);

        assertThat(ended)
                .isEqualTo(
                        MESSAGE.incomplete(
                                List.of(MessageContent.Text.of("Low tide")),
                                "run_failed",
                                Samples.NOW));
    }

    @Test
    void anOpenMessageWithoutAWordEndsWithAnEmptyText() {
        beganAMessage(1);

        Message ended = found().endedMessage(Samples.NOW);

        assertThat(ended).isNotNull();
        assertThat(ended.content()).containsExactly(MessageContent.Text.of(""));
    }

    @Test
    void anOpenRefusalStaysARefusal() {
        beganAMessage(1);
        wroteRaw(
                1,
                "{\"delta\":{\"content\":[{\"index\":0,\"type\":\"refusal\",\"refusal\":\"No.\"}]}}");

        Message ended = found().endedMessage(Samples.NOW);

        assertThat(ended).isNotNull();
        assertThat(ended.content()).containsExactly(new MessageContent.Refusal("No."));
    }

    @Test
    void theStepOfAnOpenMessageEndsFailed() {
        beganAMessage(1);

        var ended = found().endedStep(Samples.NOW);

        assertThat(ended).isNotNull();
        assertThat(ended.step())
                .returns("step_1", RunStep::id)
                .returns(StepStatus.FAILED, RunStep::status)
                .returns(RunError.server(), RunStep::lastError)
                .returns(Samples.NOW, RunStep::failedAt);
    }

    @Test
    void anOpenStepOfCallsEndsFailedWithoutAMessage() {
        wrote(1, "thread.run.step.created", Samples.calling(RUN, "step_2"));

        assertThat(found().endedMessage(Samples.NOW)).isNull();
        assertThat(found().endedStep(Samples.NOW)).isNotNull();
    }

    @Test
    void aMessageThatEndedLeavesOnlyItsStepOpen() {
        beganAMessage(1);
        said(1, "Low tide");
        wrote(1, "thread.message.completed", MESSAGE);

        assertThat(found().endedMessage(Samples.NOW)).isNull();
        assertThat(found().endedStep(Samples.NOW)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thread.run.step.completed",
                "thread.run.step.failed",
                "thread.run.step.cancelled",
                "thread.run.step.expired",
                "thread.run.requires_action"
            })
    void aStepThatEndedLeavesNothingOpen(String end) {
        beganAMessage(1);
        said(1, "Low tide");
        wrote(1, end, STEP);

        assertNothingIsOpen();
    }

    @Test
    void onlyTheLastStepCanBeOpen() {
        beganAMessage(1);
        said(1, "Low tide");
        wrote(1, "thread.message.completed", MESSAGE);
        wrote(1, "thread.run.step.completed", STEP);
        wrote(1, "thread.run.step.created", Samples.calling(RUN, "step_2"));

        var ended = found().endedStep(Samples.NOW);

        assertThat(ended).isNotNull();
        assertThat(ended.step().id()).isEqualTo("step_2");
    }

    @Test
    void whatAZombieWritesBehindAFenceDoesNotCount() {
        beganAMessage(1);
        said(1, "Low");
        stream.add(new StreamEvent(RUN.id(), 2, StreamEvent.FENCE, new byte[0]));
        said(1, " water");

        Message ended = found().endedMessage(Samples.NOW);

        assertThat(ended).isNotNull();
        assertThat(ended.content()).containsExactly(MessageContent.Text.of("Low"));
    }

    @Test
    void whatAnEarlierSuccessorDidNotEndIsStillOpen() {
        beganAMessage(1);
        stream.add(new StreamEvent(RUN.id(), 2, StreamEvent.FENCE, new byte[0]));

        assertThat(found().endedStep(Samples.NOW)).isNotNull();
    }

    @Test
    void outputsThatHaveBeenShownAreKnown() {
        RunStep step = Samples.calling(RUN, "step_2", Samples.drawn("call_a"));
        wrote(1, "thread.run.step.created", step);
        for (byte[] delta : OutputDeltas.of(step, "call_a")) {
            stream.add(new StreamEvent(RUN.id(), 1, "thread.run.step.delta", delta));
        }

        assertThat(found().withOutputs()).containsExactly(0);
        assertThat(OutputDeltas.without(step, found().withOutputs())).isEmpty();
        assertThat(OutputDeltas.without(step, Set.of())).hasSize(2);
    }
}
