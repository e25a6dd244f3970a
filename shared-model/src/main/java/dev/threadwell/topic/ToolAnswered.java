package dev.threadwell.topic;

import dev.threadwell.run.ToolOutput;
import java.util.Objects;

/** A tool call has been answered. */
public record ToolAnswered(
        String projectId,
        String threadId,
        String runId,
        String stepId,
        String callId,
        ToolOutput output) {

    /**
     * Fails without these fields, so that the record is dead-lettered; truncates the output to a
     * size that fits into a Kafka record.
     */
    public ToolAnswered {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stepId, "stepId");
        Objects.requireNonNull(callId, "callId");
        output = Objects.requireNonNull(output, "output").capped();
    }
}
