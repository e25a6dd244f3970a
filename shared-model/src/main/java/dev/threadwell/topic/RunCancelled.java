package dev.threadwell.topic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All workers that work on this run have to stop.
 *
 * @param worker the worker that executed the run at that moment; null if none did
 */
public record RunCancelled(
        String projectId, String threadId, String runId, @Nullable String worker) {

    /** Fails without these fields, so that the record is dead-lettered. */
    public RunCancelled {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
    }
}
