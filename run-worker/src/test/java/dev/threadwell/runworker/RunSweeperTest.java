package dev.threadwell.runworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.platform.lease.JobLease;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One worker sweeps for all, and every worker compares its own claims. */
class RunSweeperTest {

    private static final RunKey LOST = new RunKey("proj_harbour", "thread_1", "run_lost");

    private final List<String> done = new ArrayList<>();
    private boolean holdsLease = true;
    private boolean canJudge = true;
    private boolean leaseReleased;
    private int orphans;

    private final RunSweeper sweeper =
            new RunSweeper(
                    new OwnClaims(),
                    new AllSweeps(),
                    new Lease(),
                    () -> canJudge,
                    Duration.ofSeconds(1));

    private final class OwnClaims implements RunSweeper.Claims {

        @Override
        public Uni<List<Leases.Held>> held() {
            return Uni.createFrom().item(List.of(new Leases.Held(LOST, true)));
        }

        @Override
        public Set<String> running() {
            return Set.of();
        }

        @Override
        public boolean executes(String runId) {
            return false;
        }

        @Override
        public void stop(String runId) {
            done.add("stop " + runId);
        }

        @Override
        public Uni<Integer> release(List<RunKey> lost) {
            lost.forEach(key -> done.add("release " + key.runId()));
            return Uni.createFrom().item(lost.size());
        }
    }

    private final class AllSweeps implements RunSweeper.Sweeps {

        @Override
        public Uni<Integer> releaseOrphans() {
            done.add("orphans");
            return Uni.createFrom().item(orphans);
        }

        @Override
        public Uni<Integer> expireOverdue() {
            done.add("overdue");
            return Uni.createFrom().item(0);
        }

        @Override
        public Uni<Integer> stopUnclaimed() {
            done.add("unclaimed");
            return Uni.createFrom().item(0);
        }

        @Override
        public Uni<Void> forget() {
            return Uni.createFrom().voidItem();
        }
    }

    private final class Lease implements JobLease {

        @Override
        public Uni<Boolean> held() {
            done.add("lease");
            return Uni.createFrom().item(holdsLease);
        }

        @Override
        public Uni<Void> release() {
            leaseReleased = true;
            return Uni.createFrom().voidItem();
        }
    }

    private boolean sweep() {
        return sweeper.sweep().await().indefinitely();
    }

    @Test
    void theHolderOfTheLeaseSweepsForAll() {
        assertThat(sweep()).isFalse();
        assertThat(done).containsExactly("lease", "orphans", "overdue", "unclaimed");
    }

    @Test
    void aWorkerWithoutTheLeaseComparesItsOwnClaimsAlone() {
        holdsLease = false;
        sweep();
        sweep();
        assertThat(done).containsExactly("lease", "release run_lost", "lease");
    }

    @Test
    void aWorkerThatCannotJudgeOthersDoesNotTakeTheLease() {
        canJudge = false;
        sweep();
        assertThat(done).isEmpty();
    }

    @Test
    void afterAFullBatchTheNextRoundBeginsAtOnce() {
        orphans = Leases.BATCH;
        assertThat(sweep()).isTrue();
    }

    @Test
    void aWorkerThatStopsLeavesTheSweepsToOthersAtOnce() {
        sweeper.stop();
        assertThat(leaseReleased).isTrue();
    }
}
