package dev.threadwell.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFilterTest {

    private static StreamRecord event(int partition, long offset, int epoch, String name) {
        return new StreamRecord(
                partition,
                offset,
                new StreamEvent("run_1", epoch, name, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static RunAnnouncement announced(int version) {
        return new RunAnnouncement(version, (Run) null);
    }

    @Test
    void anEventIsFramedAsTheOriginalDidUnlessItsPlaceIsAskedFor() {
        SseEvent frame = EventFilter.ofEvents(0, 0).of(event(3, 7, 1, "thread.message.delta"));
        assertThat(frame.bytes(false).toString())
                .isEqualTo("event: thread.message.delta\ndata: {}\n\n");
        assertThat(frame.bytes(true).toString())
                .isEqualTo("event: thread.message.delta\nid: 3-7\ndata: {}\n\n");
        assertThat(frame.last()).isFalse();
    }

    @Test
    void anEventOfTheTurnBeforeIsLate() {
        EventFilter afterSubmission = EventFilter.ofEvents(4, 1);
        assertThat(afterSubmission.of(event(0, 1, 1, "thread.run.requires_action"))).isNull();
        assertThat(afterSubmission.of(event(0, 2, 2, "thread.run.in_progress"))).isNotNull();
    }

    @Test
    void aFenceIsNotShownAndEndsItsPredecessor() {
        EventFilter transcript = EventFilter.ofEvents(0, 0);
        assertThat(transcript.of(event(0, 1, 2, StreamEvent.FENCE))).isNull();
        assertThat(transcript.of(event(0, 2, 1, "thread.message.delta"))).isNull();
        assertThat(transcript.of(event(0, 3, 2, "thread.message.delta"))).isNotNull();
    }

    @Test
    void whatHasBeenReadBackIsNotShownAgain() {
        EventFilter transcript = EventFilter.resumed(0, null, 6, 5, 9);
        List<SseEvent> replayed =
                transcript.replay(
                        List.of(
                                event(5, 7, 2, "thread.message.delta"),
                                event(5, 8, 1, "thread.message.delta"),
                                event(5, 9, 2, "thread.message.delta")));
        assertThat(replayed).hasSize(2);
        assertThat(transcript.of(event(5, 9, 2, "thread.message.delta"))).isNull();
        assertThat(transcript.of(event(5, 10, 2, "thread.message.delta"))).isNotNull();
        assertThat(transcript.of(event(4, 1, 2, "thread.message.delta"))).isNotNull();
    }

    private static StreamEvent passing(int number) {
        return StreamEvent.passing(
                "run_1", number, StreamEventName.STEP_DELTA, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPassingEventIsShownOnlyWhileAStepOfToolCallsIsOpen() {
        EventFilter transcript = EventFilter.ofEvents(0, 0);
        transcript.of(event(0, 1, 1, "thread.run.in_progress"));
        assertThat(transcript.passes(passing(0))).isFalse();
        transcript.of(event(0, 2, 1, "thread.run.step.delta"));
        transcript.of(event(0, 3, 1, StreamEvent.FENCE));
        assertThat(transcript.passes(passing(0))).isTrue();
        transcript.of(event(0, 4, 2, "thread.run.step.completed"));

        assertThat(transcript.passes(passing(1))).isFalse();
    }

    @Test
    void ofACallThatIsExecutedTwiceEachPassingEventIsShownOnce() {
        EventFilter transcript = EventFilter.ofEvents(0, 0);
        transcript.of(event(0, 1, 1, "thread.run.step.delta"));
        assertThat(transcript.passes(passing(0))).isTrue();
        assertThat(transcript.passes(passing(0))).isFalse();
        assertThat(transcript.passes(passing(1))).isTrue();
    }

    @Test
    void theNextCallOfAStepHasPassingEventsOfItsOwn() {
        EventFilter transcript = EventFilter.ofEvents(0, 0);
        transcript.of(event(0, 1, 1, "thread.run.step.delta"));
        transcript.passes(passing(1));
        transcript.of(event(0, 2, 1, "thread.run.step.delta"));

        assertThat(transcript.passes(passing(0))).isTrue();
    }

    @Test
    void aPassingEventHasNoPlaceInTheOrderOfARun() {
        EventFilter transcript = EventFilter.ofWhole(0, 5, 9);
        transcript.of(event(0, 1, 1, "thread.run.step.delta"));
        StreamRecord found = new StreamRecord(0, 2, passing(0));

        assertThat(transcript.admitted(found)).isNull();
        assertThat(EventFilter.resumed(0, null, 6, 5, 9).admitted(found)).isNull();
        assertThat(transcript.hasHole()).isFalse();
        assertThat(SseEvent.passing(found.event()).bytes(true).toString())
                .isEqualTo("event: thread.run.step.delta\ndata: {}\n\n");
    }

    @Test
    void whoeverIsShownStatesIsShownNoPassingEvents() {
        assertThat(EventFilter.ofStates(0).passes(passing(0))).isFalse();
    }

    @Test
    void anAnnouncementIsNewsOnce() {
        EventFilter transcript = EventFilter.ofStates(3);
        assertThat(transcript.isNews(announced(3))).isFalse();
        assertThat(transcript.isNews(announced(4))).isTrue();
        assertThat(transcript.isNews(announced(4))).isFalse();
    }

    @Test
    void whoeverIsShownStatesIsNotShownEvents() {
        assertThat(EventFilter.ofStates(0).of(event(0, 1, 1, "thread.run.completed"))).isNull();
    }
}
