package dev.threadwell.runworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a worker does about claims and executions that do not agree. */
class ClaimComparisonTest {

    private static final RunKey KEY = new RunKey("proj_1", "thread_1", "run_1");

    private final ClaimComparison claims = new ClaimComparison();

    private ClaimComparison.Difference compared(List<Leases.Held> held, Set<String> running) {
        return claims.compare(held, running, running::contains);
    }

    private static List<Leases.Held> held(boolean inProgress) {
        return List.of(new Leases.Held(KEY, inProgress));
    }

    @Test
    void aRunThatIsInProgressIsLeftAlone() {
        compared(held(true), Set.of("run_1"));

        var second = compared(held(true), Set.of("run_1"));

        assertThat(second.toStop()).isEmpty();
        assertThat(second.lost()).isEmpty();
    }

    @Test
    void aCancelledRunWhoseMessageNeverCameIsStoppedAtOnce() {
        assertThat(compared(held(false), Set.of("run_1")).toStop()).containsExactly("run_1");
    }

    @Test
    void anExecutionWithoutAClaimIsStoppedWhenItIsFoundTwice() {
        assertThat(compared(List.of(), Set.of("run_1")).toStop()).isEmpty();
        assertThat(compared(List.of(), Set.of("run_1")).toStop()).containsExactly("run_1");
    }

    @Test
    void anExecutionWhoseClaimIsSeenOnceInBetweenIsNotStopped() {
        compared(List.of(), Set.of("run_1"));
        compared(held(true), Set.of("run_1"));

        assertThat(compared(List.of(), Set.of("run_1")).toStop()).isEmpty();
    }

    @Test
    void aClaimThatNobodyExecutesIsLostWhenItIsFoundTwice() {
        assertThat(compared(held(true), Set.of()).lost()).isEmpty();
        assertThat(compared(held(true), Set.of()).lost()).containsExactly(KEY);
    }
}
