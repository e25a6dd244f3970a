package dev.threadwell.runworker;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Periodically handles runs that need attention from any worker: orphans whose worker is dead,
 * overdue runs, and runs that were cancelled while no worker executed them. Also compares the runs
 * that this worker executes with its claims in the database.
 */
@ApplicationScoped
public class RunSweeper {

    private static final Logger LOG = Logger.getLogger(RunSweeper.class);

    private final Leases leases;
    private final WorkerId worker;
    private final Heartbeat heartbeat;
    private final RunExecutions executions;
    private final OrphanEndPublisher ends;
    private final Duration pause;
    private final ClaimComparison claims = new ClaimComparison();
    private @Nullable PeriodicJob sweeps;

    @Inject
    public RunSweeper(
            Leases leases,
            WorkerId worker,
            WorkerConfig config,
            Heartbeat heartbeat,
            RunExecutions executions,
            OrphanEndPublisher ends) {
        this.leases = leases;
        this.worker = worker;
        this.heartbeat = heartbeat;
        this.executions = executions;
        this.ends = ends;
        this.pause = config.heartbeat();
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        sweeps = PeriodicJob.start(vertx, "run sweep", pause, () -> sweep().replaceWith(false));
    }

    void stop() {
        if (sweeps != null) {
            sweeps.stop();
        }
    }

    private Uni<Void> sweep() {
        return leases.heldBy(worker.id())
                .map(held -> claims.compare(held, executions.running(), executions::executes))
                .invoke(found -> found.toStop().forEach(executions::stop))
                .chain(found -> sweepAll(found.lost()));
    }

    private Uni<Void> sweepAll(List<RunKey> lost) {
        if (!heartbeat.canJudgeOthers()) {
            return Uni.createFrom().voidItem();
        }
        return leases.releaseOrphans(ends::publish)
                .invoke(RunSweeper::report)
                .chain(() -> leases.expireOverdue(ends::publish))
                .chain(() -> leases.stopUnclaimed(ends::publish))
                .chain(() -> leases.release(lost, worker.id()))
                .chain(leases::forgetGoneWorkers);
    }

    private static void report(int released) {
        if (released > 0) {
            LOG.infof("runs of workers that are gone are requested again count=%d", released);
        }
    }
}
