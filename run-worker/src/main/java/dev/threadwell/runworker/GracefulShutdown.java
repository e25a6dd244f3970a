package dev.threadwell.runworker;

import dev.threadwell.runworker.execution.RunExecutions;
import dev.threadwell.runworker.execution.WorkerConfig;
import dev.threadwell.runworker.execution.WorkerId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Stops this worker gracefully: claims no more runs, waits up to {@link WorkerConfig#drain} for the
 * running executions, and then releases its lease, so that other workers take over the remaining
 * runs at once.
 */
@ApplicationScoped
public class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);

    private final RunExecutions executions;
    private final RunSweeper sweeper;
    private final Heartbeat heartbeat;
    private final WorkerId worker;
    private final WorkerConfig config;

    @Inject
    public GracefulShutdown(
            RunExecutions executions,
            RunSweeper sweeper,
            Heartbeat heartbeat,
            WorkerId worker,
            WorkerConfig config) {
        this.executions = executions;
        this.sweeper = sweeper;
        this.heartbeat = heartbeat;
        this.worker = worker;
        this.config = config;
    }

    /**
     * Keeps the heartbeat going while it waits for executions; otherwise others would take them
     * over.
     */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        boolean drained = executions.drained(config.drain());
        LOG.infof("worker stops worker=%s drained=%s", worker.id(), drained);
        sweeper.stop();
        heartbeat.stop();
    }
}
