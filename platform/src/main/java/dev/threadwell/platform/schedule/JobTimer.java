package dev.threadwell.platform.schedule;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Measures time and does something later: by Vert.x, or by a clock that a test sets. */
interface JobTimer {

    /** A time in nanoseconds that only differences are made of. */
    long nanoTime();

    /** Does this once after a pause, unless it is cancelled. */
    Cancellable after(Duration pause, Runnable task);

    /** The timers of this Vert.x; their shortest pause is a millisecond. */
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
