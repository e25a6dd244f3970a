package dev.threadwell.toolworker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs work with different keys concurrently, and work with the same key serially
 * in FIFO order. Back-pressure: callers wait for {@link #room} when all places are taken.
 */
final class KeyedExecutor {

    private final int places;
    private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

    /** The last work of each key that has running or waiting work. */
    private final Map<String, CompletableFuture<Void>> tails = new HashMap<>();

    private int taken;
    private @Nullable CompletableFuture<Void> freed;

    KeyedExecutor(int places) {
        this.places = places;
    }

    /**
     * Starts the work after the earlier work of its lane (key); the future completes at its end.
     */
    synchronized CompletableFuture<Void> start(String lane, Runnable work) {
        taken++;
        CompletableFuture<Void> before =
                tails.getOrDefault(lane, CompletableFuture.completedFuture(null));
        CompletableFuture<Void> done = before.handle((_, _) -> null).thenRunAsync(work, executor);
        CompletableFuture<Void> ended = done.whenComplete((_, _) -> left());
        tails.put(lane, ended);
        var _ = ended.whenComplete((_, _) -> forget(lane, ended));
        return ended;
    }

    /** Completes when there is a free place. */
    synchronized CompletableFuture<Void> room() {
        if (taken < places) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> awaited = freed == null ? new CompletableFuture<>() : freed;
        freed = awaited;
        return awaited;
    }

    private void left() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            taken--;
            awaited = freed;
            freed = null;
        }
        if (awaited != null) {
            awaited.complete(null);
        }
    }

    private synchronized void forget(String lane, CompletableFuture<Void> ended) {
        tails.remove(lane, ended);
    }
}
