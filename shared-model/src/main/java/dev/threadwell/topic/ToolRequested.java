package dev.threadwell.topic;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The model called a tool that the system executes.
 *
 * @param callId identifies the call for good: a second delivery is the same call
 * @param tool the kind of tool, by which the tool worker finds who executes it
 * @param definition the tool of the run that was called; null if there is none of that name
 * @param name by which the model called it
 * @param arguments as the model wrote them, usually JSON; of the code interpreter always {@code
 *     {"code":"…"}}
 * @param expiresAt when the run expires, and nobody waits for an answer any more; in Unix seconds
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

    /** A record without these cannot be read. */
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
