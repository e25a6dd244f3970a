package dev.threadwell.runworker.execution;

import dev.threadwell.platform.outbox.TransientFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A serial executor on one Vert.x context, until it is closed. The failure of an action is always
 * reported to the handler.
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

    /** Runs the action at once; the caller has to be on the context already. */
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

    /** Runs the action on the context with the result; transient failures are retried. */
    <T extends @Nullable Object> void on(Uni<T> result, Consumer<T> action) {
        var _ =
                TransientFailures.retried(result)
                        .subscribe()
                        .with(
                                value -> later(() -> action.accept(value)),
                                failure -> later(() -> whenBroken.accept(failure)));
    }

    /** Closes the executor; later actions are dropped. False if it was closed before. */
    boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }
}
