package dev.threadwell.api.entry;

import dev.threadwell.api.settings.HttpConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory that request bodies take up together on this node. A request that does not fit
 * is refused at once, so that many large ones cannot exhaust the heap.
 */
@ApplicationScoped
public class BodyBudget {

    /** The default is this part of the heap. */
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

    /** All of it. */
    long total() {
        return total;
    }

    /** A share for one request, of nothing yet. */
    Share share() {
        return new Share();
    }

    /** What one request has taken of the budget. It is used on the request's event loop alone. */
    final class Share {

        private long taken;
        private boolean released;

        /**
         * Takes so much that it is this in all; false, and nothing more is taken, if it is not
         * there.
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

        /** Gives everything back, at the first call. */
        void release() {
            if (!released) {
                released = true;
                free.addAndGet(taken);
            }
        }
    }
}
