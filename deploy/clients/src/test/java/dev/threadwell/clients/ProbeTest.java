package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
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

    @Test
    void aFailureThatIsExpectedPasses() {
        var probe = said(1, "check a[strict]", "not ok a[strict]: no name");

        assertThatCode(() -> probe.expect("a[strict]", expected("a[*]")))
                .doesNotThrowAnyException();
        assertThatCode(probe::expectEnd).doesNotThrowAnyException();
    }

    @Test
    void anExpectedFailureThatPassesFails() {
        var probe = said(0, "check a", "ok a");

        assertThatThrownBy(() -> probe.expect("a", expected("a")))
                .hasMessage("a is listed as an expected failure, but it passes");
    }

    @Test
    void anExpectedFailureThatTheProbeNeverCameToFails() {
        assertThatThrownBy(() -> said(1, "check a").expect("a", expected("a")))
                .hasMessageEndingWith("the probe ended before this check did");
    }

    @Test
    void anExpectedFailureThatIsNoCheckFails() {
        var tests = said(0, "check a", "ok a").tests(expected("b*")).toList();

        assertThat(tests).extracting(DynamicTest::getDisplayName).contains("b*");
        assertThatThrownBy(() -> tests.get(1).getExecutable().execute())
                .hasMessage("b* is listed as an expected failure, but there is no such check");
    }

    private static ExpectedFailures expected(String check) {
        return new ExpectedFailures(
                List.of(
                        new ExpectedFailures.Entry(
                                "client", List.of("1"), "probe", List.of(check), "so it is")));
    }

    private static Probe said(int exitCode, String... lines) {
        return Probe.of(
                new Command.Ended(Command.of("probe"), exitCode, String.join("\n", lines), ""));
    }
}
