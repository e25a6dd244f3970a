package dev.threadwell.toolworker.drain;

import dev.threadwell.platform.shutdown.InFlight;
import dev.threadwell.toolworker.settings.ToolConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the work in flight for a graceful shutdown. On shutdown no new work begins, and running
 * work gets some seconds to finish. Outcomes of the rest, which the shutdown may have caused, are
 * discarded: the records are not acknowledged, and another worker repeats the work.
 */
@ApplicationScoped
public class InFlightWork {

    private static final Logger LOG = Logger.getLogger(InFlightWork.class);

    private final InFlight underWay = new InFlight();
    private final Duration patience;
    private volatile boolean stopped;

    @Inject
    InFlightWork(ToolConfig config) {
        this(config.drain());
    }

    /** A tracker that waits this long for running work on shutdown. */
    public InFlightWork(Duration patience) {
        this.patience = patience;
    }

    /** Runs this work; during a shutdown the returned {@code Uni} may never complete. */
    public <T extends @Nullable Object> Uni<T> of(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> underWay.begin() ? carriedOut(work) : tooLate());
    }

    private <T extends @Nullable Object> Uni<T> carriedOut(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure(_ -> stopped)
                .recoverWithUni(Uni.createFrom().nothing())
                .onTermination()
                .invoke(underWay::end);
    }

    private <T extends @Nullable Object> Uni<T> tooLate() {
        underWay.end();
        return Uni.createFrom().nothing();
    }

    /** This outcome; never completes if the shutdown may have caused it. */
    public <T extends @Nullable Object> Uni<T> unlessCutOff(T outcome) {
        return stopped ? Uni.createFrom().nothing() : Uni.createFrom().item(outcome);
    }

    /** Whether the shutdown has reached its end, so that outcomes are discarded. */
    public boolean isOver() {
        return stopped;
    }

    /** Blocks until all work has finished, at most until the timeout. */
    public void stop(@Observes ShutdownEvent event) throws InterruptedException {
        int left = underWay.drain(patience);
        stopped = true;
        LOG.infof("worker stops underWay=%d", left);
    }
}
