package dev.threadwell.api.idempotency;

import dev.threadwell.persistence.project.IdempotencyKeys;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Deletes idempotency keys 24 hours after their first use. */
@ApplicationScoped
class IdempotencyKeyCleanup {

    private static final int BATCH = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final IdempotencyKeys keys;
    private @Nullable PeriodicJob job;

    @Inject
    IdempotencyKeyCleanup(Vertx vertx, IdempotencyKeys keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    void start(@Observes StartupEvent event) {
        job =
                PeriodicJob.start(
                        vertx,
                        "forget idempotency keys",
                        PAUSE,
                        PeriodicJob.batches(BATCH, () -> keys.sweep(BATCH)));
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }
}
