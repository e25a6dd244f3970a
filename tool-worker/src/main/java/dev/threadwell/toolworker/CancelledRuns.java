package dev.threadwell.toolworker;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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
