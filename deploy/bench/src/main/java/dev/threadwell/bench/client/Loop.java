package dev.threadwell.bench.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An event loop on which blocking code can run asynchronous actions. Times are taken on the loop,
 * so that no figure includes the wake-up of the waiting thread.
 */
public final class Loop {

    private static final long PATIENCE_SECONDS = 600;

    private final Context context;

    private Loop(Context context) {
        this.context = context;
    }

    public static Loop of(Vertx vertx) {
        return new Loop(((VertxInternal) vertx).createEventLoopContext());
    }

    /** Runs the action on the loop. */
    public <T> Future<T> start(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(ignored -> begin(action).onComplete(promise));
        return promise.future();
    }

    /** Runs the action on the loop and waits for its result. */
    public <T> T await(Supplier<Future<T>> action) {
        try {
            return start(action)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing came for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static <T> Future<T> begin(Supplier<Future<T>> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
