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
     * Executes the call, on a virtual thread; called again with the same call id if a worker died
     * with it, or if it failed for a reason of ours. What is wrong with the call itself it returns;
     * what it throws is a failure of ours. Null if the call was handed to another service, which
     * will answer it.
     */
    @Nullable ToolOutput execute(ToolRequested call) throws Exception;
}
