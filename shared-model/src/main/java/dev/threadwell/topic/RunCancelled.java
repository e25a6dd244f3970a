package dev.threadwell.topic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whoever works on this run is to stop.
 *
 * @param worker the worker that held the run at that moment; null if nobody did
 */
public record RunCancelled(
        String projectId, String threadId, String runId, @Nullable String worker) {

    /** A record without these cannot be read. */
    public RunCancelled {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
    }
}
