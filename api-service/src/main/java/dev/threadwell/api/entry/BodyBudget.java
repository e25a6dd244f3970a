package dev.threadwell.api.entry;

import dev.threadwell.api.settings.HttpConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory that the request bodies of this node take up together. A request that does not
 * fit is refused at once, so that many large ones cannot exhaust the heap.
 */
@ApplicationScoped
public class BodyBudget {

    /** The default budget, as a fraction of the maximum heap. */
    private static final double PART_OF_HEAP = 0.4;

    private final long total;
    private final AtomicLong free;

    @Inject
    BodyBudget(HttpConfig config) {
        this(
                config.bodyMemoryBytes()
                        .orElse((long) (Runtime.getRuntime().maxMemory() * PART_OF_HEAP)));
    }

    BodyBudget(long total) {
        this.total = total;
        this.free = new AtomicLong(total);
    }

    /** The size of the whole budget in bytes. */
    long total() {
        return total;
    }

    /** A new share for one request; it is empty at first. */
    Share share() {
        return new Share();
    }

    /**
     * The part of the budget that one request uses. Not thread-safe: it is used on the request's
     * event loop alone.
     */
    final class Share {

        private long taken;
        private boolean released;

        /**
         * Grows the share to this total.
         *
         * @return false if the budget has too little left; the share is unchanged then
         */
        boolean growTo(long bytes) {
            long more = bytes - taken;
            if (more <= 0) {
                return true;
            }
            if (released || free.addAndGet(-more) < 0) {
                if (!released) {
                    free.addAndGet(more);
                }
                return false;
            }
            taken = bytes;
            return true;
        }

        /** Returns the share to the budget; idempotent. */
        void release() {
            if (!released) {
                released = true;
                free.addAndGet(taken);
            }
        }
    }
}
