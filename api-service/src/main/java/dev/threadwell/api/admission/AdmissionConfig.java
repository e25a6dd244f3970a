package dev.threadwell.api.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When new runs are refused, because the installation has more to do than it can. */
@ConfigMapping(prefix = "threadwell.admission")
public interface AdmissionConfig {

    /** Whether new runs are refused at all, with the original's 429. */
    @WithDefault("true")
    boolean enabled();

    /**
     * The number of runs that a node creates at a time: half of its connections to PostgreSQL
     * ({@code quarkus.datasource.reactive.max-size}), so that reads, cancellations and the outputs
     * of functions have the others.
     */
    @WithDefault("8")
    int creations();

    /** The maximum number of creations that wait on a node; further ones are refused. */
    @WithDefault("2000")
    int mostWaiting();

    /**
     * How long the creation that has waited longest on a node may have waited; while it is longer,
     * new ones are refused.
     */
    @WithDefault("5s")
    Duration longestWait();

    /**
     * The age of the oldest queued run from which on fewer runs are accepted, if there are as many
     * as {@code queued-runs}.
     */
    @WithDefault("10s")
    Duration queueAge();

    /** The number of queued runs below which their age has no effect. */
    @WithDefault("1000")
    int queuedRuns();
}
