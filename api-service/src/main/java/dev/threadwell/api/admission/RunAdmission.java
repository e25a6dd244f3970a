package dev.threadwell.api.admission;

import dev.threadwell.api.admission.AdmissionPolicy.Accepted;
import dev.threadwell.api.admission.AdmissionPolicy.Refusal;
import dev.threadwell.api.backlog.BacklogMetrics;
import dev.threadwell.api.http.RequestEventLoop;
import dev.threadwell.api.limits.RefusalMetrics;
import dev.threadwell.api.limits.RefusalMetrics.Limit;
import dev.threadwell.persistence.backlog.Backlog;
import dev.threadwell.wire.ApiError;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits the creation of runs, or refuses it at once with the original's 429 and {@code
 * Retry-After}. Everything else, reads, cancellations and the outputs of functions, is not asked:
 * what was accepted is finished.
 */
@ApplicationScoped
public class RunAdmission {

    private final boolean enabled;
    private final AdmissionPolicy policy;
    private final CreationQueue queue;
    private final RefusalMetrics metrics;
    private final AtomicReference<Accepted> accepted = new AtomicReference<>(Accepted.ALL);

    @Inject
    RunAdmission(AdmissionConfig config, RefusalMetrics metrics) {
        this.enabled = config.enabled();
        this.policy =
                new AdmissionPolicy(
                        config.mostWaiting(),
                        config.longestWait(),
                        config.queueAge(),
                        config.queuedRuns());
        this.queue = new CreationQueue(config.creations(), System::nanoTime);
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started, BacklogMetrics backlog) {
        backlog.tell(this::read);
    }

    private void read(Backlog backlog) {
        read(backlog.queued(), Duration.ofMillis((long) (backlog.oldestQueuedSeconds() * 1000)));
    }

    /**
     * Takes note of how many runs wait for a worker.
     *
     * @param age the age of the oldest of them
     */
    public void read(long queued, Duration age) {
        accepted.updateAndGet(before -> policy.read(before, queued, age));
    }

    /** Carries out the creation, perhaps after others; or refuses it. */
    public <T> Uni<T> admit(RoutingContext http, Supplier<Uni<T>> creation) {
        if (!enabled) {
            return creation.get();
        }
        Refusal refusal = refusal();
        if (refusal != null) {
            return Uni.createFrom().failure(() -> refused(http, refusal));
        }
        return queue.enter(RequestEventLoop.current())
                .chain(() -> proceed(http, creation).onTermination().invoke(queue::leave));
    }

    private @Nullable Refusal refusal() {
        CreationQueue.State waits = queue.state();
        Refusal onNode = policy.onNode(waits.waiting(), waits.firstWaits());
        return onNode != null
                ? onNode
                : policy.inInstallation(accepted.updateAndGet(Accepted::asked));
    }

    /** A request that was answered while it waited, by the limit on its time, creates nothing. */
    private static <T> Uni<T> proceed(RoutingContext http, Supplier<Uni<T>> creation) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            if (http.response().ended()) {
                                throw ApiError.overloaded().thrown();
                            }
                            return creation.get();
                        });
    }

    private Throwable refused(RoutingContext http, Refusal refusal) {
        metrics.refused(
                switch (refusal.reason()) {
                    case CREATIONS -> Limit.CREATIONS;
                    case QUEUED_RUNS -> Limit.QUEUED_RUNS;
                });
        http.response()
                .putHeader(
                        HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter().toSeconds()));
        return ApiError.rateLimit().thrown();
    }
}
