package dev.threadwell.persistence.tool;

import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolAnswered;

/** A call that is in progress, and whose answer is awaited. */
public record PendingCall(
        String id, String projectId, String threadId, String runId, String stepId, String callId) {

    /** The message that the call has been answered. */
    public ToolAnswered answered(ToolOutput output) {
        return new ToolAnswered(projectId, threadId, runId, stepId, callId, output);
    }
}
