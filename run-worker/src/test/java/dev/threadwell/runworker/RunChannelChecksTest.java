package dev.threadwell.runworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.test.ChannelDefaults;
import org.junit.jupiter.api.Test;

class RunChannelChecksTest {

    private final ChannelDefaults defaults = ChannelDefaults.read();

    @Test
    void everyChannelIsChecked() {
        assertThat(RunChannelChecks.CHANNELS)
                .containsExactlyInAnyOrderElementsOf(defaults.channels());
    }

    /** By default, a record that waits for a minute ends its channel for good. */
    @Test
    void noRecordThatWaitsLongEndsItsChannel() {
        assertThat(defaults.endedByWaitingRecords()).isEmpty();
    }
}
