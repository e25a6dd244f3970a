package dev.threadwell.runworker;

import dev.threadwell.runworker.hold.Holds;
import dev.threadwell.runworker.hold.UnheldEnds;
import dev.threadwell.runworker.hold.Worker;
import dev.threadwell.runworker.hold.WorkerConfig;
import dev.threadwell.store.Leases;
import dev.threadwell.store.RunKey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private final Holds holds;
    private final UnheldEnds ends;
    private Set<RunKey> unknown = Set.of();
    private @Nullable Cancellable beats;
    private @Nullable Cancellable looks;
    private volatile boolean failing;
    private volatile long beatAt;
    private volatile long quietUntil;

    @Inject
    public OnLeaseExpired(
            Leases leases, Worker worker, WorkerConfig config, Holds holds, UnheldEnds ends) {
        this.leases = leases;
        this.worker = worker;
        this.config = config;
        this.holds = holds;
        this.ends = ends;
    }

    void start(@Observes StartupEvent started) {
        beatAt = System.nanoTime();
        beats = every(config.heartbeat(), this::beat);
        looks = every(config.heartbeat(), this::look);
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        boolean drained = holds.drained(config.drain());
        LOG.infof("worker stops worker=%s drained=%s", worker.id(), drained);
        cancel(beats);
        cancel(looks);
        // Others may take over at once what is still held here.
        try {
            leases.resign(worker.id()).await().atMost(Duration.ofSeconds(3));
        } catch (RuntimeException e) {
            LOG.warnf("runs are left to their leases reason=%s", e);
        }
    }

    private static void cancel(@Nullable Cancellable ticks) {
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private static Cancellable every(Duration pause, Supplier<Uni<Void>> task) {
        return Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> carriedOut(task))
                .subscribe()
                .with(ignored -> {});
    }

    /** Whatever a task throws, it is done again at the next tick. */
    private static Uni<Void> carriedOut(Supplier<Uni<Void>> task) {
        return Uni.createFrom()
                .deferred(task::get)
                .onFailure()
                .invoke(e -> LOG.error("a task of this worker has failed", e))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> beat() {
        long sent = System.nanoTime();
        return leases.beat(worker.id(), config.lease())
                .ifNoItem()
                .after(config.lease())
                .fail()
                .invoke(() -> beaten(sent))
                .onFailure()
                .invoke(this::missed)
                .onFailure()
                .recoverWithNull();
    }

    private void beaten(long sent) {
        if (hasRunOut()) {
            keepQuiet();
        }
        beatAt = sent;
        failing = false;
    }

    private void missed(Throwable failure) {
        if (!failing) {
            LOG.warnf("heartbeat missed worker=%s reason=%s", worker.id(), failure.getMessage());
        }
        failing = true;
        keepQuiet();
    }

    /** What kept this worker from its heartbeat may have kept all of them. */
    private boolean hasRunOut() {
        return System.nanoTime() - beatAt > config.lease().toNanos();
    }

    /**
     * When the database has been away, or the machine has stood still, everybody's lease ran out
     * with it. Its owners are given one lease's time to come back before anybody is taken for dead.
     */
    private void keepQuiet() {
        quietUntil = System.nanoTime() + config.lease().toNanos();
    }

    private Uni<Void> look() {
        if (failing || hasRunOut() || (quietUntil != 0 && System.nanoTime() - quietUntil < 0)) {
            return Uni.createFrom().voidItem();
        }
        return leases.releaseOrphans()
                .invoke(this::tell)
                .chain(() -> leases.expireOverdue(ends::show))
                .chain(() -> leases.stopUnheld(ends::show))
                .chain(this::releaseLostClaims)
                .chain(leases::forgetOldWorkers)
                .onFailure()
                .invoke(e -> LOG.warnf("look for orphans failed reason=%s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /**
     * A claim can be committed while its answer is lost: then this worker holds a run that it knows
     * nothing of. One that is unknown at two looks running was not just being begun.
     */
    private Uni<Integer> releaseLostClaims() {
        return leases.heldBy(worker.id())
                .map(this::lost)
                .chain(lost -> leases.release(lost, worker.id()));
    }

    private List<RunKey> lost(List<RunKey> held) {
        Set<RunKey> before = unknown;
        unknown =
                held.stream().filter(key -> !holds.holds(key.runId())).collect(Collectors.toSet());
        return unknown.stream().filter(before::contains).toList();
    }

    private void tell(int released) {
        if (released > 0) {
            LOG.infof("runs of workers that are gone are requested again count=%d", released);
        }
    }
}
