package dev.threadwell.api.limits;

import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts the requests that a limit of this node has refused, by limit. */
@Startup
@ApplicationScoped
public class RefusalMetrics {

    /** The limits that refuse requests. */
    public enum Limit {
        /** The requests per minute of a project (429). */
        REQUESTS_PER_MINUTE,
        /** The creations of runs that wait on this node (429). */
        CREATIONS,
        /** The runs that wait for a worker (429). */
        QUEUED_RUNS,
        /** The memory for bodies (503). */
        BODY_MEMORY,
        /** The time until the answer begins (503). */
        REQUEST_TIME;

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private final LabelledCounters refused;

    @Inject
    public RefusalMetrics(MeterRegistry registry) {
        refused =
                LabelledCounters.register(
                        registry,
                        "threadwell.requests.refused",
                        "Requests that a limit has refused.",
                        "limit",
                        LabelValues.of(Stream.of(Limit.values()).map(one -> one.label).toList()));
    }

    /** Counts a request that this limit has refused. */
    public void refused(Limit limit) {
        refused.count(limit.label);
    }
}
