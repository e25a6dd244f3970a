package dev.threadwell.topic;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model has called a tool that the system executes.
 *
 * @param callId the stable id of the call, with which a redelivery is recognised
 * @param tool the kind of tool, by which the tool worker selects the executor
 * @param definition the called tool's definition in the run; null if the run has no such tool
 * @param name the name that the model called
 * @param arguments the arguments of the model, usually JSON; for the code interpreter always {@code
 *     {"code":"…"}}
 * @param expiresAt when the run expires, after which an answer is not needed, in Unix seconds
 * @param stream where clients see what the call does before it has a result; null if nobody streams
 *     the run
 */
public record ToolRequested(
        String projectId,
        String threadId,
        String runId,
        String stepId,
        String callId,
        ToolKind tool,
        @Nullable Tool definition,
        String name,
        String arguments,
        long expiresAt,
        @Nullable CallStream stream) {

    /**
     * The place of a call in the run's stream.
     *
     * @param partition of {@code run.stream}
     * @param index of the call in its step
     */
    public record CallStream(int partition, int index) {}

    /** A call that shows nothing before it has a result. */
    public ToolRequested(
            String projectId,
            String threadId,
            String runId,
            String stepId,
            String callId,
            ToolKind tool,
            @Nullable Tool definition,
            String name,
            String arguments,
            long expiresAt) {
        this(
                projectId,
                threadId,
                runId,
                stepId,
                callId,
                tool,
                definition,
                name,
                arguments,
                expiresAt,
                null);
    }

    /** Fails without these fields, so that the record is dead-lettered. */
    public ToolRequested {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(threadId, "threadId");
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stepId, "stepId");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
    }
}
