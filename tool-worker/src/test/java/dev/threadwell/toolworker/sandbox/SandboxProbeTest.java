package dev.threadwell.toolworker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be done is known for good, what cannot is tried again. */
class SandboxProbeTest {

    private int attempts;
    private @Nullable String outcome;
    private long now;

    private final SandboxProbe trial =
            new SandboxProbe(
                    () -> {
                        attempts++;
                        return outcome;
                    },
                    () -> now);

    @Test
    void whatCouldBeDoneIsNotTriedAgain() {
        assertThat(trial.failure()).isNull();

        outcome = "too busy";
        now += Duration.ofDays(1).toNanos();

        assertThat(trial.failure()).isNull();
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeDoneIsNotTriedAgainAtOnce() {
        outcome = "too busy";
        assertThat(trial.failure()).isEqualTo("too busy");

        outcome = null;
        now += Duration.ofSeconds(29).toNanos();

        assertThat(trial.failure()).isEqualTo("too busy");
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeDoneIsTriedAgainAfterAWhile() {
        outcome = "too busy";
        trial.failure();

        outcome = null;
        now += Duration.ofSeconds(30).toNanos();

        assertThat(trial.failure()).isNull();
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void aNewReasonTakesTheOldOnesPlace() {
        outcome = "too busy";
        trial.failure();

        outcome = "not installed";
        now += Duration.ofSeconds(30).toNanos();

        assertThat(trial.failure()).isEqualTo("not installed");
    }
}
