package dev.threadwell.platform.schedule;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A background job that runs in rounds until it is stopped. The next round begins a pause after the
 * last one has ended, also if that failed or timed out; it begins at once if the last one reported
 * that work is left.
 *
 * <p>An outage is logged when it begins and when it ends, not at every round.
 */
public final class PeriodicJob {

    private static final Logger LOG = Logger.getLogger(PeriodicJob.class);

    /** The default timeout of a round. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String name;
    private final Duration pause;
    private final Duration patience;
    private final Supplier<Uni<Boolean>> work;
    private final JobTimer timer;
    private volatile boolean failing;
    private volatile boolean stopped;
    private volatile long endedAt;

    private PeriodicJob(
            String name,
            Duration pause,
            Duration patience,
            Supplier<Uni<Boolean>> work,
            JobTimer timer) {
        this.name = name;
        this.pause = pause;
        this.patience = patience;
        this.work = work;
        this.timer = timer;
        this.endedAt = timer.nanoTime();
    }

    /**
     * Starts a job; its first round begins after a pause.
     *
     * @param work one round; its result is true if work is left and the next round should begin at
     *     once
     */
    public static PeriodicJob start(
            Vertx vertx, String name, Duration pause, Supplier<Uni<Boolean>> work) {
        return start(JobTimer.of(vertx), name, pause, PATIENCE, work);
    }

    /** Starts a job with its own timeout for a round. */
    public static PeriodicJob start(
            Vertx vertx,
            String name,
            Duration pause,
            Duration patience,
            Supplier<Uni<Boolean>> work) {
        return start(JobTimer.of(vertx), name, pause, patience, work);
    }

    static PeriodicJob start(
            JobTimer timer,
            String name,
            Duration pause,
            Duration patience,
            Supplier<Uni<Boolean>> work) {
        PeriodicJob job = new PeriodicJob(name, pause, patience, work, timer);
        job.next(pause);
        return job;
    }

    /**
     * Rounds that process up to {@code size} items at a time. After a full batch the next round
     * begins at once.
     *
     * @param work processes a batch; its result is the number of items
     */
    public static Supplier<Uni<Boolean>> batches(int size, Supplier<Uni<Integer>> work) {
        return () -> work.get().map(found -> found >= size);
    }

    /** Prevents further rounds; a round that is in progress completes. */
    public void stop() {
        stopped = true;
    }

    /** Whether rounds still begin and end, successfully or not. */
    public boolean isAtWork() {
        return timer.nanoTime() - endedAt < pause.toNanos() + 2 * patience.toNanos();
    }

    private void next(Duration after) {
        endedAt = timer.nanoTime();
        if (!stopped) {
            timer.after(after, this::begin);
        }
    }

    private void begin() {
        if (!stopped) {
            new Round().begin();
        }
    }

    private void succeeded(boolean more) {
        if (failing) {
            LOG.infof("a periodic job succeeds again job=%s", name);
            failing = false;
        }
        next(more ? Duration.ZERO : pause);
    }

    private void failed(Throwable why) {
        if (!failing && !stopped) {
            LOG.warnf("a periodic job fails and is tried again job=%s reason=%s", name, why);
            failing = true;
        }
        next(pause);
    }

    /** One round, which ends once: by itself or by the timeout. */
    private final class Round {

        private final AtomicBoolean over = new AtomicBoolean();
        private volatile @Nullable Cancellable limit;
        private volatile @Nullable Cancellable underWay;

        void begin() {
            limit = timer.after(patience, this::giveUp);
            underWay =
                    Uni.createFrom()
                            .deferred(work::get)
                            .subscribe()
                            .with(
                                    more -> end(() -> succeeded(more)),
                                    why -> end(() -> failed(why)));
        }

        private void end(Runnable outcome) {
            if (over.compareAndSet(false, true)) {
                cancel(limit);
                outcome.run();
            }
        }

        private void giveUp() {
            if (over.compareAndSet(false, true)) {
                cancel(underWay);
                failed(new TimeoutException("it has not ended after " + patience));
            }
        }

        private static void cancel(@Nullable Cancellable one) {
            if (one != null) {
                one.cancel();
            }
        }
    }
}
