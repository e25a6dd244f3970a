package dev.threadwell.runworker;

import dev.threadwell.runworker.hold.Worker;
import dev.threadwell.runworker.hold.WorkerConfig;
import dev.threadwell.store.Leases;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Time goes by: this worker says that it is alive, and looks for runs whose worker is gone, whose
 * ten minutes are over, or which nobody stops.
 */
@ApplicationScoped
public class OnLeaseExpired {

    private static final Logger LOG = Logger.getLogger(OnLeaseExpired.class);

    private final Leases leases;
    private final Worker worker;
    private final WorkerConfig config;
    private @Nullable Cancellable beats;
    private @Nullable Cancellable looks;
    private volatile boolean failing;
    private volatile long quietUntil;

    @Inject
    public OnLeaseExpired(Leases leases, Worker worker, WorkerConfig config) {
        this.leases = leases;
        this.worker = worker;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        beats = every(config.heartbeat(), this::beat);
        looks = every(config.heartbeat(), this::look);
    }

    void stop(@Observes ShutdownEvent stopping) {
        cancel(beats);
        cancel(looks);
        // Others may take over at once what is still held here.
        leases.resign(worker.id()).await().atMost(Duration.ofSeconds(3));
    }

    private static void cancel(@Nullable Cancellable ticks) {
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private static Cancellable every(Duration pause, java.util.function.Supplier<Uni<Void>> task) {
        return Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> task.get())
                .subscribe()
                .with(ignored -> {});
    }

    private Uni<Void> beat() {
        return leases.beat(worker.id(), config.lease())
                .ifNoItem()
                .after(config.lease())
                .fail()
                .invoke(() -> failing = false)
                .onFailure()
                .invoke(this::missed)
                .onFailure()
                .recoverWithNull();
    }

    /**
     * When the database has been away, everybody's lease ran out with it. Its owners are given one
     * lease's time to come back before anybody is taken for dead.
     */
    private void missed(Throwable failure) {
        if (!failing) {
            LOG.warnf("heartbeat missed worker=%s reason=%s", worker.id(), failure.getMessage());
        }
        failing = true;
        quietUntil = System.nanoTime() + config.lease().toNanos();
    }

    private Uni<Void> look() {
        if (failing || (quietUntil != 0 && System.nanoTime() - quietUntil < 0)) {
            return Uni.createFrom().voidItem();
        }
        return leases.releaseOrphans()
                .invoke(this::tell)
                .chain(leases::expireOverdue)
                .chain(leases::stopUnheld)
                .chain(leases::forgetOldWorkers)
                .onFailure()
                .invoke(e -> LOG.warnf("look for orphans failed reason=%s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private void tell(int released) {
        if (released > 0) {
            LOG.infof("runs of workers that are gone are requested again count=%d", released);
        }
    }
}
