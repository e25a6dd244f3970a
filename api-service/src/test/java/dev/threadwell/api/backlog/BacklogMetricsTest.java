package dev.threadwell.api.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.backlog.Backlog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What could not be read is not shown as if it were known. */
class BacklogMetricsTest {

    private static final Backlog SEVEN = new Backlog(7, 61, 0, 0, 0, 0, 0, 2, 0, 0);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Uni<Backlog>> source =
            new AtomicReference<>(Uni.createFrom().item(SEVEN));
    private long now = Long.MAX_VALUE - 5;
    private final BacklogMetrics metrics =
            new BacklogMetrics(() -> source.get(), registry, () -> now);

    private double oldest() {
        return registry.get("threadwell.oldest.queued.run.age.seconds").gauge().value();
    }

    @Test
    void nothingIsKnownBeforeTheFirstReading() {
        assertThat(oldest()).isNaN();
    }

    @Test
    void whatWasReadIsShown() {
        metrics.read().await().indefinitely();

        assertThat(oldest()).isEqualTo(61);
        assertThat(registry.get("threadwell.runs.active").tag("state", "queued").gauge().value())
                .isEqualTo(7);
    }

    @Test
    void aReadingThatIsTooOldIsNotShown() {
        metrics.read().await().indefinitely();

        now += Duration.ofSeconds(21).toNanos();

        assertThat(oldest()).isNaN();
    }

    @Test
    void aReadingThatFailsLeavesTheLastOneUntilItIsTooOld() {
        metrics.read().await().indefinitely();
        source.set(Uni.createFrom().failure(new IllegalStateException("no database")));

        assertThat(metrics.read().onFailure().recoverWithNull().await().indefinitely()).isNull();

        assertThat(oldest()).isEqualTo(61);
    }
}
