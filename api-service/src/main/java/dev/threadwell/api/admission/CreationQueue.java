package dev.threadwell.api.admission;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a certain number of creations proceed at a time; others wait in the order in which they
 * came. Whoever waits goes on where it came from, and not on the thread of the creation that has
 * ended.
 */
final class CreationQueue {

    private final LongSupplier nanos;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int free;

    CreationQueue(int places, LongSupplier nanos) {
        this.free = places;
        this.nanos = nanos;
    }

    private enum Stage {
        WAITS,
        /** Has a place, and is about to go on. */
        HAS_PLACE,
        PROCEEDS,
        /** Its client has gone while it waited. */
        GONE
    }

    private record Waiting(
            long since,
            Executor home,
            UniEmitter<? super Void> emitter,
            AtomicReference<Stage> stage) {

        boolean moves(Stage from, Stage to) {
            return stage.compareAndSet(from, to);
        }

        void goes() {
            if (!moves(Stage.WAITS, Stage.GONE)) {
                moves(Stage.HAS_PLACE, Stage.GONE);
            }
        }
    }

    /** What waits. */
    record State(int waiting, Duration firstWaits) {}

    synchronized State state() {
        Waiting first = waiting.peek();
        return new State(
                waiting.size(),
                first == null
                        ? Duration.ZERO
                        : Duration.ofNanos(nanos.getAsLong() - first.since()));
    }

    /**
     * Waits for a place; it has to be left once, whatever becomes of the creation. Whoever goes
     * while it waits has no place, and leaves none.
     */
    Uni<Void> enter(Executor home) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            Waiting next =
                                    new Waiting(
                                            nanos.getAsLong(),
                                            home,
                                            emitter,
                                            new AtomicReference<>(Stage.WAITS));
                            emitter.onTermination(next::goes);
                            if (entered(next)) {
                                proceed(next);
                            }
                        });
    }

    private synchronized boolean entered(Waiting next) {
        if (free == 0) {
            waiting.add(next);
            return false;
        }
        free--;
        next.moves(Stage.WAITS, Stage.HAS_PLACE);
        return true;
    }

    /** Leaves a place, which the one that has waited longest gets. */
    void leave() {
        Waiting next = next();
        if (next != null) {
            next.home().execute(() -> proceed(next));
        }
    }

    private void proceed(Waiting next) {
        if (next.moves(Stage.HAS_PLACE, Stage.PROCEEDS)) {
            next.emitter().complete(null);
        } else {
            leave();
        }
    }

    private synchronized @Nullable Waiting next() {
        Waiting next = waiting.poll();
        while (next != null && !next.moves(Stage.WAITS, Stage.HAS_PLACE)) {
            next = waiting.poll();
        }
        if (next == null) {
            free++;
        }
        return next;
    }
}
