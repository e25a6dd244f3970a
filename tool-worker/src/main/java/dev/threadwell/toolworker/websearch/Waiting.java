package dev.threadwell.toolworker.websearch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for asynchronous work on a virtual thread. */
final class Waiting {

    private Waiting() {}

    /** The result; the work is cancelled if the thread is interrupted, or if it takes too long. */
    static <T> T on(Uni<T> work, Duration longest) throws InterruptedException {
        CompletableFuture<T> result = work.subscribeAsCompletionStage();
        try {
            return result.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new PageUnread("it did not answer in time");
        } finally {
            result.cancel(true);
        }
    }
}
