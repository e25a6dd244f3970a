package dev.threadwell.platform.schedule;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The clock and timer of a periodic job: Vert.x in production, a manual clock in tests. */
interface JobTimer {

    /** The current time in nanoseconds, with an arbitrary origin, as {@link System#nanoTime}. */
    long nanoTime();

    /** Runs the task once after a pause, unless it is cancelled. */
    Cancellable after(Duration pause, Runnable task);

    /** Uses the timers of this Vert.x, whose shortest pause is one millisecond. */
    static JobTimer of(Vertx vertx) {
        return new JobTimer() {

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Cancellable after(Duration pause, Runnable task) {
                long timer = vertx.setTimer(Math.max(1, pause.toMillis()), _ -> task.run());
                return () -> vertx.cancelTimer(timer);
            }
        };
    }
}
