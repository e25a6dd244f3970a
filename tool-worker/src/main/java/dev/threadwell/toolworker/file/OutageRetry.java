package dev.threadwell.toolworker.file;

import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Retries while the database or the blob store is unavailable, until the call's run expires, so
 * that executed code need not be executed again because of an outage.
 */
public record OutageRetry(ToolRequested call, InstantSource clock) {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Work that can be retried. */
    public interface Work<T> {

        T carryOut() throws IOException;
    }

    /** The result of the work, which is tried again after an outage. */
    public <T> T retried(Work<T> work) throws IOException {
        while (true) {
            try {
                return work.carryOut();
            } catch (RuntimeException e) {
                if (!TransientFailures.isOutage(e)
                        || clock.instant().getEpochSecond() >= call.expiresAt()) {
                    throw e;
                }
            }
            Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE).await().indefinitely();
        }
    }
}
