package dev.threadwell.runworker;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.platform.lease.JobLease;
import dev.threadwell.platform.schedule.PeriodicJob;
import dev.threadwell.runworker.execution.RunExecutions;
import dev.threadwell.runworker.execution.WorkerConfig;
import dev.threadwell.runworker.execution.WorkerId;
import dev.threadwell.runworker.stream.OrphanEndPublisher;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Periodically handles runs that need attention from any worker: orphans whose worker is dead,
 * overdue runs, and runs that were cancelled while no worker executed them. One worker does it for
 * all, by a lease. Also compares the runs that this worker executes with its claims in the
 * database, which every worker does for itself.
 *
 * <p>The lease is half as long as a worker's. When the worker dies that sweeps, another one has the
 * lease after half of that time and a pause, while the runs of the dead one are due only when its
 * lease as a worker is over: so it delays nothing that it was the one that swept. Runs of a dead
 * worker are requested again at most a lease, a pause and a round after its last heartbeat.
 */
@ApplicationScoped
public class RunSweeper {

    private static final Logger LOG = Logger.getLogger(RunSweeper.class);
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(3);

    /** What is kept for an hour or a minute need not be looked for in every round. */
    private static final int ROUNDS_UNTIL_FORGOTTEN = 30;

    /** A worker with more runs than this compares them less often than every round. */
    private static final int CLAIMS_A_ROUND = 1_000;

    private final Claims claims;
    private final Sweeps sweeps;
    private final JobLease lease;
    private final BooleanSupplier canJudgeOthers;
    private final Duration pause;
    private final ClaimComparison comparison = new ClaimComparison();
    private int rounds;
    private int roundsWithoutComparison;
    private @Nullable PeriodicJob job;

    @Inject
    public RunSweeper(
            Leases leases,
            WorkerId worker,
            WorkerConfig config,
            Heartbeat heartbeat,
            RunExecutions executions,
            OrphanEndPublisher ends) {
        this(
                new OwnClaims(leases, worker.id(), executions),
                new StoredSweeps(leases, ends),
                leases.sweeping(worker.id(), config.lease().dividedBy(2)),
                heartbeat::canJudgeOthers,
                config.heartbeat());
    }

    RunSweeper(
            Claims claims,
            Sweeps sweeps,
            JobLease lease,
            BooleanSupplier canJudgeOthers,
            Duration pause) {
        this.claims = claims;
        this.sweeps = sweeps;
        this.lease = lease;
        this.canJudgeOthers = canJudgeOthers;
        this.pause = pause;
    }

    /** The runs of this worker: what it executes, and what it has claimed. */
    interface Claims {

        /** The runs that the database assigns to this worker. */
        Uni<List<Leases.Held>> held();

        /** The ids of the runs that this worker executes. */
        Set<String> running();

        /** Whether this worker executes the run, or is about to. */
        boolean executes(String runId);

        /** Tells the run's execution that the run may have been ended. */
        void stop(String runId);

        /** Requests runs again that this worker has claimed and does not know of. */
        Uni<Integer> release(List<RunKey> lost);
    }

    /** The sweeps of one worker for all; each returns how many runs it has handled. */
    interface Sweeps {

        Uni<Integer> releaseOrphans();

        Uni<Integer> expireOverdue();

        Uni<Integer> stopUnclaimed();

        Uni<Void> forget();
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        job = PeriodicJob.start(vertx, "run sweep", pause, this::sweep);
    }

    /** Stops, and leaves the sweeps to another worker at once. */
    void stop() {
        if (job != null) {
            job.stop();
        }
        try {
            lease.release().await().atMost(RELEASE_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("the lease of the sweeps is left to run out reason=%s", e);
        }
    }

    /** One round; true if there is more to do at once. */
    Uni<Boolean> sweep() {
        if (roundsWithoutComparison > 0) {
            roundsWithoutComparison--;
            return sweepAll(List.of());
        }
        return claims.held()
                .invoke(held -> roundsWithoutComparison = held.size() / CLAIMS_A_ROUND)
                .map(held -> comparison.compare(held, claims.running(), claims::executes))
                .invoke(found -> found.toStop().forEach(claims::stop))
                .chain(found -> sweepAll(found.lost()));
    }

    private Uni<Boolean> sweepAll(List<RunKey> lost) {
        if (!canJudgeOthers.getAsBoolean()) {
            return Uni.createFrom().item(false);
        }
        Uni<Integer> own = lost.isEmpty() ? Uni.createFrom().item(0) : claims.release(lost);
        return own.chain(lease::held)
                .chain(mine -> mine ? sweepForAll() : Uni.createFrom().item(false));
    }

    private Uni<Boolean> sweepForAll() {
        return sweeps.releaseOrphans()
                .invoke(RunSweeper::report)
                .chain(most -> sweeps.expireOverdue().map(more -> Math.max(most, more)))
                .chain(most -> sweeps.stopUnclaimed().map(more -> Math.max(most, more)))
                .call(this::forget)
                .map(most -> most >= Leases.BATCH);
    }

    private Uni<Void> forget() {
        return rounds++ % ROUNDS_UNTIL_FORGOTTEN == 0
                ? sweeps.forget()
                : Uni.createFrom().voidItem();
    }

    private static void report(int released) {
        if (released > 0) {
            LOG.infof("runs of workers that are gone are requested again count=%d", released);
        }
    }

    private record OwnClaims(Leases leases, String worker, RunExecutions executions)
            implements Claims {

        @Override
        public Uni<List<Leases.Held>> held() {
            return leases.heldBy(worker);
        }

        @Override
        public Set<String> running() {
            return executions.running();
        }

        @Override
        public boolean executes(String runId) {
            return executions.executes(runId);
        }

        @Override
        public void stop(String runId) {
            executions.stop(runId);
        }

        @Override
        public Uni<Integer> release(List<RunKey> lost) {
            return leases.release(lost, worker);
        }
    }

    private record StoredSweeps(Leases leases, OrphanEndPublisher ends) implements Sweeps {

        @Override
        public Uni<Integer> releaseOrphans() {
            return leases.releaseOrphans(ends::publish);
        }

        @Override
        public Uni<Integer> expireOverdue() {
            return leases.expireOverdue(ends::publish);
        }

        @Override
        public Uni<Integer> stopUnclaimed() {
            return leases.stopUnclaimed(ends::publish);
        }

        @Override
        public Uni<Void> forget() {
            return leases.forgetGoneWorkers();
        }
    }
}
