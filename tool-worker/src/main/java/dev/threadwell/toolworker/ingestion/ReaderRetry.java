package dev.threadwell.toolworker.ingestion;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Repeats what a broken reader failed at: the next process, or the next minute, may be better. */
final class ReaderRetry {

    private static final Logger LOG = Logger.getLogger(ReaderRetry.class);

    /** All of them together take about half a minute. */
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

    /** The same work, on a thread that may block. */
    <T> Uni<T> of(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(ReaderBroken.class)
                .invoke(why -> LOG.warnf(why, "a document could not be read by a fault of ours"))
                .onFailure(ReaderBroken.class)
                .retry()
                .withBackOff(firstPause, longestPause)
                .atMost(MORE_ATTEMPTS);
    }
}
