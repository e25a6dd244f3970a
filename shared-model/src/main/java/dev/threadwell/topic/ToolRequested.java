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
        long expiresAt) {

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
