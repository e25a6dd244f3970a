package dev.threadwell.topic;

import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run waits for a worker.
 *
 * @param version of the row that this was written with; a claim succeeds on exactly this version
 * @param epoch of the row; the claim makes it the next
 * @param stream the partition of {@code run.stream} that its events go to; null if nobody streams
 * @param spent tokens of earlier turns
 * @param contents whether its streams show the content of what file search found
 */
public record RunRequested(
        String projectId,
        Run run,
        int version,
        int epoch,
        @Nullable Integer stream,
        Usage spent,
        boolean contents) {

    /** A record without these cannot be read. */
    public RunRequested {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(spent, "spent");
    }
}
