package dev.threadwell.topic;

import org.jspecify.annotations.Nullable;

/**
 * A model called a function that another service executes: public.
 *
 * @param id what an answer has to name
 * @param toolCallId by which the model knows the call
 * @param arguments as the model wrote them: JSON, or a text that is none
 * @param expiresAt when the model stops waiting; in Unix seconds
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
