package dev.threadwell.topic;

import java.util.Objects;

/**
 * A tool worker has answered a call.
 *
 * @param output what the model is told
 */
public record ToolAnswered(
        String projectId,
        String threadId,
        String runId,
        String stepId,
        String callId,
        String output) {

    /** A record without these cannot be read. */
    public ToolAnswered {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stepId, "stepId");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(output, "output");
    }
}
