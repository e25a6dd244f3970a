package dev.threadwell.topic;

import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run is ready to be claimed by a worker.
 *
 * @param version the version of the row that this message was written with; a claim succeeds only
 *     on exactly this version (optimistic lock)
 * @param epoch the epoch of the row; the claim increments it
 * @param stream the partition of {@code run.stream} for the run's events; null if no client streams
 *     the run
 * @param spent the token usage of earlier turns
 * @param contents whether its streams show the content of file search results
 * @param traceparent the context of the request that created the run, if that is traced
 */
public record RunRequested(
        String projectId,
        Run run,
        int version,
        int epoch,
        @Nullable Integer stream,
        Usage spent,
        boolean contents,
        @Nullable String traceparent) {

    /** Fails without these fields, so that the record is dead-lettered. */
    public RunRequested {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(spent, "spent");
    }
}
