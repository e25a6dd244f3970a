package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProbeTest {

    @Test
    void aCheckThatIsOkPasses() {
        var probe = said(0, "check a", "ok a");

        assertThatCode(() -> probe.expectWell("a")).doesNotThrowAnyException();
        assertThatCode(probe::expectEnd).doesNotThrowAnyException();
    }

    @Test
    void aCheckThatIsNotOkFailsWithItsReason() {
        var probe = said(1, "check a", "not ok a: expected 1: got 2");

        assertThatThrownBy(() -> probe.expectWell("a")).hasMessage("a: expected 1: got 2");
    }

    @Test
    void aCheckThatTheProbeNeverCameToFails() {
        var probe = said(1, "check a", "check b", "ok a");

        assertThatThrownBy(() -> probe.expectWell("b")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(probe::expectEnd).isInstanceOf(AssertionError.class);
    }

    @Test
    void aProbeThatSaysNothingFails() {
        assertThatThrownBy(said(0)::expectEnd).isInstanceOf(AssertionError.class);
    }

    @Test
    void aProbeThatBreaksAfterItsLastCheckFails() {
        assertThatThrownBy(said(139, "check a", "ok a")::expectEnd)
                .isInstanceOf(AssertionError.class);
    }

    private static Probe said(int exitCode, String... lines) {
        return Probe.of(
                new Command.Ended(Command.of("probe"), exitCode, String.join("\n", lines), ""));
    }
}
