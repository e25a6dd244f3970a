package dev.threadwell.topic;

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
        String output) {}
