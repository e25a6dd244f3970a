package dev.threadwell.runworker;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats a task with a pause; it never overlaps with itself, and a failure does not end it. */
final class PeriodicTask {

    private static final Logger LOG = Logger.getLogger(PeriodicTask.class);

    private PeriodicTask() {}

    /** Starts the task; it is repeated until the result is cancelled. */
    static Cancellable every(Duration pause, Supplier<Uni<Void>> task) {
        return Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> once(task))
                .subscribe()
                .with(ignored -> {});
    }

    private static Uni<Void> once(Supplier<Uni<Void>> task) {
        return Uni.createFrom()
                .deferred(task::get)
                .onFailure()
                .invoke(e -> LOG.error("a task of this worker has failed", e))
                .onFailure()
                .recoverWithNull();
    }
}
