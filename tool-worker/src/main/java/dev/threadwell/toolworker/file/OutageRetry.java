package dev.threadwell.toolworker.codeinterpreter;

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
record OutageRetry(ToolRequested call, InstantSource clock) {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Work that can be retried. */
    interface Work<T> {

        T carryOut() throws IOException;
    }

    <T> T retried(Work<T> work) throws IOException {
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
