package dev.threadwell.topic;

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
        String arguments) {}
