package dev.threadwell.api.idempotency;

import dev.threadwell.store.IdempotencyKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Deletes idempotency keys a day after they were used. */
@ApplicationScoped
class RepeatSweep {

    private static final Logger LOG = Logger.getLogger(RepeatSweep.class);
    private static final int BATCH = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final IdempotencyKeys keys;
    private volatile boolean stopped;

    @Inject
    RepeatSweep(Vertx vertx, IdempotencyKeys keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    void start(@Observes StartupEvent event) {
        again(0);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** A full batch says that there is more. */
    private void again(int found) {
        if (!stopped) {
            long pause = found >= BATCH ? 1 : PAUSE.toMillis();
            vertx.setTimer(
                    pause, timer -> keys.sweep(BATCH).subscribe().with(this::again, this::failed));
        }
    }

    private void failed(Throwable why) {
        if (!stopped) {
            LOG.warnf("idempotency keys have to wait for their sweep reason=%s", why.getMessage());
        }
        again(0);
    }
}
