package dev.threadwell.runworker.prompt;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * Bounds the total memory of large objects of one kind, such as prompts. Memory is reserved before
 * an object is loaded; a reservation waits in a FIFO queue while too little is left.
 */
public final class MemoryBudget {

    private static final long PARTS_OF_HEAP = 4;

    private final long total;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long left;

    private record Waiting(Share share, long bytes, UniEmitter<? super Boolean> emitter) {}

    /** A budget of this many bytes, by default a quarter of the heap. */
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

    /** The reservation of one owner, who closes it at the end. */
    public final class Share implements AutoCloseable {

        private long has;
        private boolean closed;

        private Share() {}

        /**
         * Completes when this many bytes are reserved, or the whole budget if that is less. The
         * share's earlier reservation is given back first, so that waiting shares hold no memory
         * and cannot deadlock. A closed share completes at once, with nothing reserved.
         */
        public Uni<Boolean> reserve(long bytes) {
            return Uni.createFrom().emitter(emitter -> enqueue(this, bytes, emitter));
        }

        /** Gives back the part of the reservation above this many bytes. */
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

    /**
     * Serves the waiting reservations in FIFO order, so that small ones do not starve a large one.
     */
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
