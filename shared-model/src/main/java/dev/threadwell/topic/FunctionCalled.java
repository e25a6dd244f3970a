package dev.threadwell.topic;

import org.jspecify.annotations.Nullable;

/**
 * A model has called a function that another service executes; a public message.
 *
 * @param id the id that the answer has to contain
 * @param toolCallId the id of the call, as the model uses it
 * @param arguments the arguments of the model: JSON, or a string if they are not JSON
 * @param expiresAt the deadline of the answer, in Unix seconds
 */
public record FunctionCalled(
        String id,
        String toolCallId,
        String name,
        Object arguments,
        String runId,
        String threadId,
        @Nullable String assistantId,
        long expiresAt) {}
