package dev.threadwell.runworker;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.platform.schedule.PeriodicJob;
import dev.threadwell.runworker.execution.WorkerConfig;
import dev.threadwell.runworker.execution.WorkerId;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Renews this worker's lease on its runs, and decides whether expired leases of other workers can
 * be trusted as a sign that those workers are dead.
 */
@ApplicationScoped
public class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(3);

    /** Longer than a heartbeat may take; see {@link #isAtWork}. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lease lease;
    private final String worker;
    private final Duration length;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private @Nullable PeriodicJob beats;
    private volatile boolean failing;
    private volatile long beatAt;
    private volatile boolean quiet;
    private volatile long quietUntil;

    @Inject
    public Heartbeat(Leases leases, WorkerId worker, WorkerConfig config) {
        this(new StoredLease(leases, worker.id()), worker, config, System::nanoTime);
    }

    Heartbeat(Lease lease, WorkerId worker, WorkerConfig config, LongSupplier nanoTime) {
        this.lease = lease;
        this.worker = worker.id();
        this.length = config.lease();
        this.pause = config.heartbeat();
        this.nanoTime = nanoTime;
        this.beatAt = nanoTime.getAsLong();
    }

    /** The lease of one worker on all runs that it executes. */
    interface Lease {

        /** Renews the lease for this long from now. */
        Uni<Void> renew(Duration length);

        /** Ends the lease at once. */
        Uni<Void> release();
    }

    private record StoredLease(Leases leases, String worker) implements Lease {

        @Override
        public Uni<Void> renew(Duration length) {
            return leases.beat(worker, length);
        }

        @Override
        public Uni<Void> release() {
            return leases.releaseLease(worker);
        }
    }

    /**
     * Sends the first heartbeat at once and not after the first pause: a worker without a lease
     * counts as dead.
     */
    void start(@Observes StartupEvent started, Vertx vertx) {
        beatAt = nanoTime.getAsLong();
        beat().subscribe().with(done -> {});
        beats =
                PeriodicJob.start(
                        vertx,
                        "heartbeat",
                        pause,
                        PATIENCE.compareTo(length) > 0 ? PATIENCE : length.multipliedBy(2),
                        () -> beat().replaceWith(false));
    }

    /** Whether heartbeats are still tried, successfully or not. */
    boolean isAtWork() {
        return beats != null && beats.isAtWork();
    }

    /** Whether other workers have no reason to take this one for dead. */
    boolean holdsLease() {
        return !hasRunOut();
    }

    /**
     * Stops the heartbeat and releases the lease, so that other workers take over the runs at once.
     */
    void stop() {
        if (beats != null) {
            beats.stop();
        }
        try {
            lease.release().await().atMost(RELEASE_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("the lease is left to run out worker=%s reason=%s", worker, e);
        }
    }

    /**
     * Whether a worker whose lease has expired can be considered dead. After an outage of the
     * database or a pause of the machine all leases have expired together; then this worker waits
     * for one lease duration, so that the others can renew theirs.
     */
    boolean canJudgeOthers() {
        boolean waits = quiet && nanoTime.getAsLong() - quietUntil < 0;
        return !failing && !hasRunOut() && !waits;
    }

    Uni<Void> beat() {
        long sent = nanoTime.getAsLong();
        return lease.renew(length)
                .ifNoItem()
                .after(length)
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
            LOG.warnf("heartbeat missed worker=%s reason=%s", worker, failure.getMessage());
        }
        failing = true;
        keepQuiet();
    }

    private boolean hasRunOut() {
        return nanoTime.getAsLong() - beatAt > length.toNanos();
    }

    private void keepQuiet() {
        quietUntil = nanoTime.getAsLong() + length.toNanos();
        quiet = true;
    }
}
