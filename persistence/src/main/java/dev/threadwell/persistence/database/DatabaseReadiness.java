package dev.threadwell.persistence.database;

import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Readiness check: down while the database has answered nothing for some seconds.
 *
 * <p>The process asks by itself, so that questions about its health cost no statement. A pool that
 * is busy for a moment is no outage: the silence that counts is longer than the wait for a
 * connection may be.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(12);

    private final Vertx vertx;
    private final Pool pool;
    private final LongSupplier nanoTime;
    private @Nullable PeriodicJob job;
    private volatile boolean answered;
    private volatile long answeredAt;

    @Inject
    public DatabaseReadiness(Vertx vertx, Pool pool) {
        this(vertx, pool, System::nanoTime);
    }

    DatabaseReadiness(Vertx vertx, Pool pool, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.pool = pool;
        this.nanoTime = nanoTime;
    }

    /** Asks at once and not after the first pause: until it has answered a process is not ready. */
    void start(@Observes StartupEvent event) {
        ask().onFailure().recoverWithItem(false).subscribe().with(_ -> {});
        job =
                PeriodicJob.start(
                        vertx, "ask whether the database answers", PAUSE, SILENCE, this::ask);
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    Uni<Boolean> ask() {
        return pool.query("select 1")
                .execute()
                .invoke(
                        () -> {
                            answeredAt = nanoTime.getAsLong();
                            answered = true;
                        })
                .replaceWith(false);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("The database answers").status(isAnswering()).build();
    }

    boolean isAnswering() {
        return answered && nanoTime.getAsLong() - answeredAt < SILENCE.toNanos();
    }
}
