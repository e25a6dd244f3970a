package dev.threadwell.topic;

import java.util.Objects;

/**
 * The model called a built-in tool.
 *
 * @param callId identifies the call for good: a second delivery is the same call
 * @param tool e.g. {@code code_interpreter}
 * @param arguments a JSON text, as the model wrote it
 */
public record ToolRequested(
        String projectId,
        String threadId,
        String runId,
        String stepId,
        String callId,
        String tool,
        String arguments) {

    /** A record without these cannot be read. */
    public ToolRequested {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stepId, "stepId");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(arguments, "arguments");
    }
}
