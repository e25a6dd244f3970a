package dev.threadwell.runworker.execution;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many runs a worker executes, and how it keeps the lease on them. */
@ConfigMapping(prefix = "threadwell.worker")
public interface WorkerConfig {

    /** How many runs it executes at most; beyond that it claims none, and they wait in Kafka. */
    @WithDefault("500")
    int maxRuns();

    /** How long after its last heartbeat its runs are given to other workers. */
    @WithDefault("6s")
    Duration lease();

    /** How long it goes on with its runs when it is told to stop. */
    @WithDefault("5s")
    Duration drain();

    /** The pause between two heartbeats, and between two sweeps for orphaned and overdue runs. */
    @WithDefault("1s")
    Duration heartbeat();
}
