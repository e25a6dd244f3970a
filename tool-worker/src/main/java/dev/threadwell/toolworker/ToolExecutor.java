package dev.threadwell.toolworker;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import org.jspecify.annotations.Nullable;

/** Executes the calls of one kind of tool; each executor has a package of its own. */
public interface ToolExecutor {

    /** The kind of tool whose calls this executes. */
    ToolKind kind();

    /**
     * Executes the call, on a virtual thread. Called again with the same call id after the death of
     * a worker or an internal failure. Errors of the call itself are returned as output; an
     * exception is an internal failure. Returns null if the call was passed to another service,
     * which will answer it.
     */
    @Nullable ToolOutput execute(ToolRequested call) throws Exception;
}
