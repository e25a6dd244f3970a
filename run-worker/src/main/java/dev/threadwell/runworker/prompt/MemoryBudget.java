package dev.threadwell.runworker.prompt;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * Bounds the memory that all large objects of one kind, such as prompts, take together. Memory is
 * reserved before an object is loaded; a reservation waits its turn while there is too little left.
 */
public final class MemoryBudget {

    private static final long PARTS_OF_HEAP = 4;

    private final long total;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long left;

    private record Waiting(Share share, long bytes, UniEmitter<? super Boolean> emitter) {}

    /** A budget of so many bytes, or else of a quarter of the heap. */
    public static MemoryBudget of(OptionalLong total) {
        return new MemoryBudget(total.orElse(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP));
    }

    MemoryBudget(long total) {
        this.total = total;
        this.left = total;
    }

    /** A share of the budget, with nothing reserved yet. */
    public Share share() {
        return new Share();
    }

    /** What one owner has reserved; the owner closes it at the end. */
    public final class Share implements AutoCloseable {

        private long has;
        private boolean closed;

        private Share() {}

        /**
         * Completes when this share has so much, or everything if that is less. What it had before
         * is given back first, so that no share that waits keeps another one waiting. One that is
         * closed gets nothing and does not wait.
         */
        public Uni<Boolean> reserve(long bytes) {
            return Uni.createFrom().emitter(emitter -> enqueue(this, bytes, emitter));
        }

        /** Gives back what is beyond so many bytes. */
        void shrink(long bytes) {
            synchronized (MemoryBudget.this) {
                left += Math.max(0, has - bytes);
                has = Math.min(has, bytes);
            }
            serve();
        }

        @Override
        public void close() {
            synchronized (MemoryBudget.this) {
                closed = true;
            }
            shrink(0);
        }
    }

    private void enqueue(Share share, long bytes, UniEmitter<? super Boolean> emitter) {
        share.shrink(0);
        synchronized (this) {
            waiting.add(new Waiting(share, Math.min(bytes, total), emitter));
        }
        serve();
    }

    /** In their order, so that small reservations do not keep a large one waiting for ever. */
    private void serve() {
        List<Waiting> served = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && (next().closed || waiting.element().bytes() <= left)) {
                Waiting one = waiting.remove();
                if (!one.share().closed) {
                    left -= one.bytes();
                    one.share().has += one.bytes();
                }
                served.add(one);
            }
        }
        served.forEach(one -> one.emitter().complete(true));
    }

    private Share next() {
        return waiting.element().share();
    }
}
