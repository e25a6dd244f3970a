package dev.threadwell.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.Epoch;
import dev.threadwell.run.RunStatus;
import dev.threadwell.topic.EventSequencer;
import dev.threadwell.topic.StreamEvent;
import org.junit.jupiter.api.Test;

/** The store and the readers of streams count epochs by the same rule. */
class EpochTest {

    private final RunRow row =
            RunRow.created("proj", Samples.run(RunStatus.QUEUED), null)
                    .claimedBy("w1", Samples.run(RunStatus.IN_PROGRESS));

    @Test
    void whoeverComesBehindAHolderHasTheEpochAfterIts() {
        int next = Epoch.after(row.epoch());
        assertThat(row.claimedBy("w2", row.run()).epoch()).isEqualTo(next);
        assertThat(row.released().epoch()).isEqualTo(next);
        assertThat(row.underNewEpoch().epoch()).isEqualTo(next);
    }

    @Test
    void aHoldersOwnWritesStayInItsEpoch() {
        assertThat(row.next(row.run(), "w1").epoch()).isEqualTo(row.epoch());
    }

    @Test
    void theEventsOfTheNextClaimCountAndThoseOfTheOneBeforeDoNot() {
        EventSequencer order = EventSequencer.behindEpoch(row.epoch());
        RunRow again = row.claimedBy("w2", row.run());
        assertThat(order.admits(event(row.epoch()))).isFalse();
        assertThat(order.admits(event(again.epoch()))).isTrue();
    }

    private StreamEvent event(int epoch) {
        return new StreamEvent(
                row.run().id(), epoch, 0, "thread.run.in_progress", new byte[] {'{', '}'});
    }
}
