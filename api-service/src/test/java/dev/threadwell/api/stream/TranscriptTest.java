package dev.threadwell.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.outbox.StreamRecord;
import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static StreamRecord event(int partition, long offset, int epoch, String name) {
        return new StreamRecord(
                partition,
                offset,
                new StreamEvent("run_1", epoch, name, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static Announcement announced(int version) {
        return new Announcement(version, (Run) null);
    }

    @Test
    void anEventIsFramedAsTheOriginalDidUnlessItsPlaceIsAskedFor() {
        Frame frame = Transcript.ofEvents(0, 0).of(event(3, 7, 1, "thread.message.delta"));
        assertThat(frame.bytes(false).toString())
                .isEqualTo("event: thread.message.delta\ndata: {}\n\n");
        assertThat(frame.bytes(true).toString())
                .isEqualTo("event: thread.message.delta\nid: 3-7\ndata: {}\n\n");
        assertThat(frame.last()).isFalse();
    }

    @Test
    void anEventOfTheTurnBeforeIsLate() {
        Transcript afterSubmission = Transcript.ofEvents(4, 1);
        assertThat(afterSubmission.of(event(0, 1, 1, "thread.run.requires_action"))).isNull();
        assertThat(afterSubmission.of(event(0, 2, 2, "thread.run.in_progress"))).isNotNull();
    }

    @Test
    void aFenceIsNotShownAndEndsItsPredecessor() {
        Transcript transcript = Transcript.ofEvents(0, 0);
        assertThat(transcript.of(event(0, 1, 2, StreamEvent.FENCE))).isNull();
        assertThat(transcript.of(event(0, 2, 1, "thread.message.delta"))).isNull();
        assertThat(transcript.of(event(0, 3, 2, "thread.message.delta"))).isNotNull();
    }

    @Test
    void whatHasBeenReadBackIsNotShownAgain() {
        Transcript transcript = Transcript.resumed(0, null, 6, 5, 9);
        List<Frame> replayed =
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

    @Test
    void anAnnouncementIsNewsOnce() {
        Transcript transcript = Transcript.ofStates(3);
        assertThat(transcript.isNews(announced(3))).isFalse();
        assertThat(transcript.isNews(announced(4))).isTrue();
        assertThat(transcript.isNews(announced(4))).isFalse();
    }

    @Test
    void whoeverIsShownStatesIsNotShownEvents() {
        assertThat(Transcript.ofStates(0).of(event(0, 1, 1, "thread.run.completed"))).isNull();
    }
}
