package dev.threadwell.runworker.execution;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the worker: the number of concurrent runs, and the lease. */
@ConfigMapping(prefix = "threadwell.worker")
public interface WorkerConfig {

    /**
     * Maximum number of concurrent runs; at that limit the worker claims no more, and runs wait in
     * Kafka. If it is not set, as many as fit into a quarter of the heap at 26 KiB each, at most
     * 5000.
     */
    OptionalInt maxRuns();

    /**
     * Duration of the lease: how long after a worker's last heartbeat others take over its runs.
     */
    @WithDefault("6s")
    Duration lease();

    /** How long a graceful shutdown waits for running executions. */
    @WithDefault("5s")
    Duration drain();

    /** The pause between two heartbeats, and between two sweeps for orphaned and overdue runs. */
    @WithDefault("1s")
    Duration heartbeat();
}
