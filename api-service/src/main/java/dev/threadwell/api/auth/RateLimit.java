package dev.threadwell.api.auth;

import dev.threadwell.api.limits.RefusalMetrics;
import dev.threadwell.api.limits.RefusalMetrics.Limit;
import dev.threadwell.api.settings.HttpConfig;
import dev.threadwell.project.Project;
import dev.threadwell.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the requests per minute of each project on this node, with a token bucket that holds the
 * requests of one minute. Off unless it is configured; a refusal has the original's text.
 */
@ApplicationScoped
public class RateLimit {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Optional<Integer> perMinute;
    private final LongSupplier nanos;
    private final Runnable whenRefused;
    private final ConcurrentHashMap<String, Long> paidUntil = new ConcurrentHashMap<>();

    @Inject
    RateLimit(HttpConfig config, RefusalMetrics metrics) {
        this(
                config.requestsPerMinute(),
                System::nanoTime,
                () -> metrics.refused(Limit.REQUESTS_PER_MINUTE));
    }

    RateLimit(Optional<Integer> perMinute, LongSupplier nanos, Runnable whenRefused) {
        this.whenRefused = whenRefused;
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** Counts a request; throws the API's 429 if the limit is exceeded. */
    public void admit(Project project) {
        perMinute.ifPresent(limit -> admit(project, MINUTE / limit));
    }

    /**
     * Moves the project's time forward by the share of one request; it may be at most a minute
     * ahead of the clock, which is an empty bucket.
     */
    private void admit(Project project, long share) {
        long now = nanos.getAsLong();
        paidUntil.compute(
                project.id(),
                (_, until) -> {
                    long paid = (until == null || until - now < 0 ? now : until) + share;
                    if (paid - now > MINUTE) {
                        whenRefused.run();
                        throw ApiError.rateLimit().thrown();
                    }
                    return paid;
                });
    }
}
