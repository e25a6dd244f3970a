package dev.threadwell.topic;

import dev.threadwell.run.ToolOutput;
import java.util.Objects;

/** A tool worker has answered a call. */
public record ToolAnswered(
        String projectId,
        String threadId,
        String runId,
        String stepId,
        String callId,
        ToolOutput output) {

    /** A record without these cannot be read, and none is larger than Kafka takes. */
    public ToolAnswered {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stepId, "stepId");
        Objects.requireNonNull(callId, "callId");
        output = Objects.requireNonNull(output, "output").capped();
    }
}
