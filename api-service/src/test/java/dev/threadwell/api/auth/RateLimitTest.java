package dev.threadwell.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.project.BusyThread;
import dev.threadwell.project.Project;
import dev.threadwell.wire.ApiException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Project PROJECT = new Project("proj", BusyThread.REJECT, null, false);

    private long now = Long.MAX_VALUE - 1;
    private final AtomicInteger refusals = new AtomicInteger();
    private final RateLimit limit =
            new RateLimit(Optional.of(60), () -> now, refusals::incrementAndGet);

    private int admitted(int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            try {
                limit.admit(PROJECT);
                admitted++;
            } catch (ApiException tooMany) {
                assertThat(tooMany.error().status()).isEqualTo(429);
            }
        }
        return admitted;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void asManyMayComeAtOnce() {
        assertThat(admitted(100)).isEqualTo(60);
    }

    @Test
    void theyComeBackEvenly() {
        admitted(100);
        pass(Duration.ofSeconds(10));

        assertThat(admitted(100)).isEqualTo(10);
    }

    @Test
    void whoHasWaitedLongHasNotSavedUpMore() {
        admitted(1);
        pass(Duration.ofHours(5));

        assertThat(admitted(100)).isEqualTo(60);
    }

    @Test
    void nobodyIsRefusedUnlessItIsSet() {
        RateLimit off = new RateLimit(Optional.empty(), () -> now, refusals::incrementAndGet);

        for (int i = 0; i < 10_000; i++) {
            off.admit(PROJECT);
        }
    }
}
