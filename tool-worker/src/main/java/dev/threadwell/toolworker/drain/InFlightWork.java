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
 * What this worker is doing. Told to stop, it begins nothing more and finishes what it can in some
 * seconds; what came of the rest, which its own end may have cut off, it keeps to itself: the
 * records are not acknowledged, and another worker does it again.
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

    /** Work that is waited for so long when this worker stops. */
    public InFlightWork(Duration patience) {
        this.patience = patience;
    }

    /** Does this work; when this worker stops, nothing comes of it. */
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

    /** This outcome, unless it may come of this worker's end. */
    public <T extends @Nullable Object> Uni<T> unlessCutOff(T outcome) {
        return stopped ? Uni.createFrom().nothing() : Uni.createFrom().item(outcome);
    }

    /** Whether nothing that is begun now comes to anything. */
    public boolean isOver() {
        return stopped;
    }

    /** Returns when all is over, or the time. */
    public void stop(@Observes ShutdownEvent event) throws InterruptedException {
        int left = underWay.drain(patience);
        stopped = true;
        LOG.infof("worker stops underWay=%d", left);
    }
}
