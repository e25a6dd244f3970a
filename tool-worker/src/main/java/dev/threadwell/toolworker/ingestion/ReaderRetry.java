package dev.threadwell.toolworker.ingestion;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Retries with back-off when the reader is broken; the next process or the next minute may do
 * better.
 */
final class ReaderRetry {

    private static final Logger LOG = Logger.getLogger(ReaderRetry.class);

    /** Together about half a minute. */
    private static final int MORE_ATTEMPTS = 4;

    private final Duration firstPause;
    private final Duration longestPause;

    ReaderRetry() {
        this(Duration.ofSeconds(2), Duration.ofSeconds(15));
    }

    ReaderRetry(Duration firstPause, Duration longestPause) {
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Runs the work on a worker thread, where it may block. */
    <T> Uni<T> of(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(ReaderUnavailable.class)
                .invoke(why -> LOG.warnf(why, "a document could not be read by a fault of ours"))
                .onFailure(ReaderUnavailable.class)
                .retry()
                .withBackOff(firstPause, longestPause)
                .atMost(MORE_ATTEMPTS);
    }
}
