package dev.threadwell.api.idempotency;

import dev.threadwell.api.retention.RetentionConfig;
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

/** Deletes idempotency keys some time after their first use, a day by default. */
@ApplicationScoped
class IdempotencyKeyCleanup {

    private static final int BATCH = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final IdempotencyKeys keys;
    private final RetentionConfig config;
    private @Nullable PeriodicJob job;

    @Inject
    IdempotencyKeyCleanup(Vertx vertx, IdempotencyKeys keys, RetentionConfig config) {
        this.vertx = vertx;
        this.keys = keys;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        job =
                PeriodicJob.start(
                        vertx,
                        "forget idempotency keys",
                        PAUSE,
                        PeriodicJob.batches(
                                BATCH, () -> keys.sweep(config.idempotencyKeys(), BATCH)));
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }
}
