package dev.threadwell.runworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.runworker.execution.WorkerConfig;
import dev.threadwell.runworker.execution.WorkerId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A worker sweeps the runs of others only while it renews its own lease in time. */
class HeartbeatTest {

    private static final Duration LEASE = Duration.ofSeconds(6);

    private final FakeLease lease = new FakeLease();
    private long nanos;
    private final Heartbeat heartbeat =
            new Heartbeat(lease, new WorkerId(), new Config(), () -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private void beats() {
        heartbeat.beat().await().atMost(Duration.ofMinutes(1));
    }

    @Test
    void othersAreJudgedWhileTheLeaseIsRenewed() {
        beats();
        passes(LEASE.minusSeconds(1));

        assertThat(heartbeat.canJudgeOthers()).isTrue();
    }

    @Test
    void othersAreNotJudgedWhenTheOwnLeaseHasRunOut() {
        beats();
        passes(LEASE.plusSeconds(1));

        assertThat(heartbeat.canJudgeOthers()).isFalse();
    }

    @Test
    void othersAreNotJudgedAfterAMissedHeartbeat() {
        lease.away = true;
        beats();

        assertThat(heartbeat.canJudgeOthers()).isFalse();
    }

    @Test
    void afterAMissedHeartbeatOthersHaveTheTimeOfALeaseToRenewTheirs() {
        lease.away = true;
        beats();
        lease.away = false;
        passes(LEASE.minusSeconds(1));
        beats();
        assertThat(heartbeat.canJudgeOthers()).isFalse();

        passes(Duration.ofSeconds(1));

        assertThat(heartbeat.canJudgeOthers()).isTrue();
    }

    @Test
    void afterAStandstillOthersHaveTheTimeOfALeaseToRenewTheirs() {
        beats();
        passes(LEASE.plusSeconds(1));
        beats();
        assertThat(heartbeat.canJudgeOthers()).isFalse();

        passes(LEASE);

        assertThat(heartbeat.canJudgeOthers()).isTrue();
    }

    @Test
    void aWorkerThatStopsReleasesItsLease() {
        heartbeat.stop();

        assertThat(lease.released).isTrue();
    }

    @Test
    void aLeaseThatCannotBeReleasedDoesNotKeepTheWorkerFromStopping() {
        lease.away = true;

        heartbeat.stop();

        assertThat(lease.released).isFalse();
    }

    private static final class FakeLease implements Heartbeat.Lease {

        boolean away;
        boolean released;

        @Override
        public Uni<Void> renew(Duration length) {
            return answered();
        }

        @Override
        public Uni<Void> release() {
            return answered().invoke(() -> released = true);
        }

        private Uni<Void> answered() {
            return away
                    ? Uni.createFrom().failure(new IllegalStateException("the database is away"))
                    : Uni.createFrom().voidItem();
        }
    }

    private record Config() implements WorkerConfig {

        @Override
        public OptionalInt maxRuns() {
            return OptionalInt.empty();
        }

        @Override
        public Duration lease() {
            return LEASE;
        }

        @Override
        public Duration drain() {
            return Duration.ZERO;
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(1);
        }
    }
}
