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
 * Work that is done in rounds, the next one a pause after the last has ended, until the job is
 * stopped. A round that fails, throws or does not end in time is followed by the next like any
 * other; a round that leaves work over is followed at once.
 *
 * <p>An outage is logged once when it begins and once when it is over, and not at every round.
 */
public final class PeriodicJob {

    private static final Logger LOG = Logger.getLogger(PeriodicJob.class);

    /** A round that takes longer is given up, unless the job has a limit of its own. */
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
     * @param work one round; its result says whether work is left over for another one at once
     */
    public static PeriodicJob start(
            Vertx vertx, String name, Duration pause, Supplier<Uni<Boolean>> work) {
        return start(JobTimer.of(vertx), name, pause, PATIENCE, work);
    }

    /** Starts a job whose rounds are given up when they take longer than this. */
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
     * Rounds that take up to so many things at a time. A full batch says that there may be more.
     *
     * @param work takes a batch; its result is how many things there were
     */
    public static Supplier<Uni<Boolean>> batches(int size, Supplier<Uni<Integer>> work) {
        return () -> work.get().map(found -> found >= size);
    }

    /** No round begins any more. One that is under way goes on to its end. */
    public void stop() {
        stopped = true;
    }

    /** Whether rounds begin and end, be it in vain. */
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

    /** One round, which ends once: by itself, or because it is given up. */
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
