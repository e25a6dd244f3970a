package dev.threadwell.toolworker;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were cancelled last. What is done for one of them is given up, so that the thread's
 * next run need not wait for it.
 */
@ApplicationScoped
public class CancelledRuns {

    /** Many more than there are calls under way; of a run that is forgotten, they go on. */
    private static final int MOST = 10_000;

    /** Each done when its run is cancelled; the one that was asked for longest ago goes first. */
    private final Map<String, CompletableFuture<Void>> signals =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<String, CompletableFuture<Void>> eldest) {
                    return size() > MOST;
                }
            };

    /** Nobody waits any more for what was being done. */
    public static final class Cancelled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("the run was cancelled", null, false, false);
        }
    }

    /** What is to be done if a run is cancelled, until that is closed. */
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

        /** Returns when the action is not being carried out and will not be. */
        @Override
        public synchronized void close() {
            action = null;
        }
    }

    /** Does this, in a thread of its own, if the run is cancelled or was before. */
    public Watch watch(String runId, Runnable action) {
        Watch watch = new Watch(action);
        var _ = signal(runId).thenRunAsync(watch::cancelled, Thread::startVirtualThread);
        return watch;
    }

    /** The same work; as soon as the run is cancelled it is too, and fails with this. */
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

    /** Of the signal only a copy is cancelled when the work is done before. */
    private static <T> Uni<T> failing(CompletableFuture<Void> signal) {
        return Uni.createFrom()
                .completionStage(signal::copy)
                .onItem()
                .transformToUni(_ -> Uni.createFrom().failure(new Cancelled()));
    }

    boolean contains(String runId) {
        return signal(runId).isDone();
    }

    /** From now on, nothing is done for this run. */
    public void add(String runId) {
        signal(runId).complete(null);
    }

    private synchronized CompletableFuture<Void> signal(String runId) {
        return signals.computeIfAbsent(runId, _ -> new CompletableFuture<>());
    }
}
