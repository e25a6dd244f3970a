package dev.threadwell.toolworker;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were cancelled recently. Work for these runs is aborted, so that the thread's next
 * run need not wait for it.
 */
@ApplicationScoped
public class CancelledRuns {

    /**
     * Far more than the number of concurrent calls; the calls of an evicted run are not aborted.
     */
    private static final int MOST = 10_000;

    /** LRU cache of futures by run id; a future is complete once its run is cancelled. */
    private final Map<String, CompletableFuture<Void>> signals =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, CompletableFuture<Void>> eldest) {
                    return size() > MOST;
                }
            };

    /** The work was aborted because its run was cancelled. */
    public static final class Cancelled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("the run was cancelled", null, false, false);
        }
    }

    /** A callback for the cancellation of a run, active until it is closed. */
    public static final class Watch implements AutoCloseable {

        private @Nullable Runnable action;

        private Watch(Runnable action) {
            this.action = action;
        }

        private synchronized void cancelled() {
            if (action != null) {
                action.run();
            }
        }

        /** Deactivates the callback; blocks while it is running. */
        @Override
        public synchronized void close() {
            action = null;
        }
    }

    /**
     * Runs the action on a virtual thread when the run is cancelled, or at once if it was before.
     */
    public Watch watch(String runId, Runnable action) {
        Watch watch = new Watch(action);
        var _ = signal(runId).thenRunAsync(watch::cancelled, Thread::startVirtualThread);
        return watch;
    }

    /**
     * The work, which is cancelled and fails with {@link Cancelled} as soon as the run is
     * cancelled.
     */
    public <T> Uni<T> unless(String runId, Uni<T> work) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            CompletableFuture<Void> signal = signal(runId);
                            return signal.isDone()
                                    ? Uni.createFrom().failure(new Cancelled())
                                    : Uni.combine().any().of(work, failing(signal));
                        });
    }

    /**
     * A failure on the signal. Uses a copy of the signal, because the loser of {@code any()} is
     * cancelled.
     */
    private static <T> Uni<T> failing(CompletableFuture<Void> signal) {
        return Uni.createFrom()
                .completionStage(signal::copy)
                .onItem()
                .transformToUni(_ -> Uni.createFrom().failure(new Cancelled()));
    }

    boolean contains(String runId) {
        return signal(runId).isDone();
    }

    /** Marks the run as cancelled and aborts its work. */
    public void add(String runId) {
        signal(runId).complete(null);
    }

    private synchronized CompletableFuture<Void> signal(String runId) {
        return signals.computeIfAbsent(runId, _ -> new CompletableFuture<>());
    }
}
