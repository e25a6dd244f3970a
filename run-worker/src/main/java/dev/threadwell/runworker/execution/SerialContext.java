package dev.threadwell.runworker.execution;

import dev.threadwell.platform.outbox.TransientFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one after the other on one Vert.x context, until it is closed. A failure in any of
 * them is reported and never lost.
 */
final class SerialContext {

    private final Context context;
    private final Consumer<Throwable> whenBroken;
    private boolean closed;

    SerialContext(Context context, Consumer<Throwable> whenBroken) {
        this.context = context;
        this.whenBroken = whenBroken;
    }

    /** Schedules the action on the context. */
    void later(Runnable action) {
        context.runOnContext(ignored -> now(action));
    }

    /** Runs the action at once; the caller is on the context already. */
    void now(Runnable action) {
        if (closed) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            whenBroken.accept(e);
        }
    }

    /** Runs the action on the context when the result is there; outages are waited out. */
    <T extends @Nullable Object> void on(Uni<T> result, Consumer<T> action) {
        var _ =
                TransientFailures.retried(result)
                        .subscribe()
                        .with(
                                value -> later(() -> action.accept(value)),
                                failure -> later(() -> whenBroken.accept(failure)));
    }

    /** Runs no more actions; false if that was so before. */
    boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }
}
