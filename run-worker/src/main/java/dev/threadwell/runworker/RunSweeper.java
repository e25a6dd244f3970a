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
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Periodically handles runs that need attention from any worker: orphans whose worker is dead,
 * overdue runs, runs that were cancelled while no worker executed them, and claims that this worker
 * does not know of.
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
    private Set<RunKey> unknown = Set.of();
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
        if (!heartbeat.canJudgeOthers()) {
            return Uni.createFrom().voidItem();
        }
        return leases.releaseOrphans(ends::publish)
                .invoke(RunSweeper::report)
                .chain(() -> leases.expireOverdue(ends::publish))
                .chain(() -> leases.stopUnclaimed(ends::publish))
                .chain(this::releaseLostClaims)
                .chain(leases::forgetGoneWorkers);
    }

    /**
     * Releases claims that this worker does not know of: a claim can be committed although the
     * database's answer to it is lost. A run counts as lost only when two sweeps in a row find it
     * unknown, because it may just be starting at the first.
     */
    private Uni<Integer> releaseLostClaims() {
        return leases.claimedBy(worker.id())
                .map(this::lost)
                .chain(lost -> leases.release(lost, worker.id()));
    }

    private List<RunKey> lost(List<RunKey> held) {
        Set<RunKey> before = unknown;
        unknown =
                held.stream()
                        .filter(key -> !executions.executes(key.runId()))
                        .collect(Collectors.toSet());
        return unknown.stream().filter(before::contains).toList();
    }

    private static void report(int released) {
        if (released > 0) {
            LOG.infof("runs of workers that are gone are requested again count=%d", released);
        }
    }
}
