package dev.threadwell.api.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.threadwell.api.admission.AdmissionPolicy.Accepted;
import dev.threadwell.api.admission.AdmissionPolicy.Reason;
import dev.threadwell.api.admission.AdmissionPolicy.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionPolicyTest {

    private final AdmissionPolicy policy =
            new AdmissionPolicy(100, Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000);

    @ParameterizedTest
    @CsvSource({
        "0, 0, false, 0",
        "99, 5000, false, 0",
        "100, 0, true, 1",
        "1, 5001, true, 6",
        "1, 20000, true, 20",
        "500, 600000, true, 30"
    })
    void aNodeRefusesByWhatWaitsOnIt(
            int waiting, long firstWaitsMillis, boolean refused, long retryAfterSeconds) {
        Refusal refusal = policy.onNode(waiting, Duration.ofMillis(firstWaitsMillis));

        assertThat(refusal)
                .isEqualTo(
                        refused
                                ? new Refusal(
                                        Reason.CREATIONS, Duration.ofSeconds(retryAfterSeconds))
                                : null);
    }

    @ParameterizedTest
    @CsvSource({
        // before, queued before, queued, age, after
        "1.0, 0, 0, 0, 1.0",
        "1.0, 0, 999, 60, 1.0",
        "1.0, 0, 50000, 10, 1.0",
        "1.0, 900, 1000, 11, 0.7",
        "0.5, 900, 1000, 11, 0.35",
        "0.5, 1001, 1000, 11, 0.5",
        "0.06, 1000, 1000, 11, 0.05",
        "0.5, 1000, 900, 60, 0.6",
        "0.5, 1000, 2000, 9, 0.6",
        "0.95, 1000, 2000, 9, 1.0"
    })
    void theAcceptedPartFollowsTheQueue(
            double before, long queuedBefore, long queued, long ageSeconds, double after) {
        Accepted accepted = new Accepted(before, 0, queuedBefore, Duration.ZERO);

        Accepted read = policy.read(accepted, queued, Duration.ofSeconds(ageSeconds));

        assertThat(read.part()).isCloseTo(after, within(1e-9));
        assertThat(read.queued()).isEqualTo(queued);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1000", "0.7, 700", "0.35, 350", "0.05, 50"})
    void soManyOfAThousandAreAccepted(double part, int expected) {
        Accepted accepted = new Accepted(part, 0, 0, Duration.ZERO);
        int got = 0;
        for (int i = 0; i < 1_000; i++) {
            accepted = accepted.asked();
            got += policy.inInstallation(accepted) == null ? 1 : 0;
        }
        assertThat(got).isCloseTo(expected, within(1));
    }

    @Test
    void whoIsRefusedIsToldHowLateTheQueueIs() {
        Accepted accepted = new Accepted(0.05, 0, 5_000, Duration.ofMillis(13_500)).asked();

        assertThat(policy.inInstallation(accepted))
                .isEqualTo(new Refusal(Reason.QUEUED_RUNS, Duration.ofSeconds(4)));
    }

    /**
     * Twice of what workers can do is asked for, and the queue is read every five seconds: it is
     * never empty, and no run in it waits much longer than it may.
     */
    @Test
    void atTwiceTheCapacityWorkersAlwaysHaveSomethingToDo() {
        int capacity = 300;
        Accepted accepted = Accepted.ALL;
        double queued = 0;
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (int second = 0; second < 600; second++) {
            if (second % 5 == 0) {
                // The oldest run waits for as long as those before it took.
                Duration age = Duration.ofMillis((long) (queued / capacity * 1_000));
                accepted = policy.read(accepted, (long) queued, age);
            }
            queued = Math.max(0, queued + 2 * capacity * accepted.part() - capacity);
            if (second > 60) {
                smallest = Math.min(smallest, queued);
                largest = Math.max(largest, queued);
            }
        }
        assertThat(smallest).isPositive();
        assertThat(largest / capacity).as("seconds of work").isLessThan(30);
    }
}
