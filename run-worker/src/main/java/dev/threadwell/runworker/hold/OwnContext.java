package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.Outages;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one run's work happens: one thing after the other on one Vert.x context, until it is
 * closed. A failure in any of them is reported and never lost.
 */
final class OwnContext {

    private final Context context;
    private final Consumer<Throwable> whenBroken;
    private boolean closed;

    OwnContext(Context context, Consumer<Throwable> whenBroken) {
        this.context = context;
        this.whenBroken = whenBroken;
    }

    /** Runs the action on the context, soon. */
    void later(Runnable action) {
        context.runOnContext(ignored -> now(action));
    }

    /** Runs the action at once, by a caller who is on the context already. */
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
                Outages.outlasted(result)
                        .subscribe()
                        .with(
                                value -> later(() -> action.accept(value)),
                                failure -> later(() -> whenBroken.accept(failure)));
    }

    /** Nothing more happens here; false if that was so before. */
    boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }
}
