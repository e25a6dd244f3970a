package dev.threadwell.toolworker;

import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import org.jspecify.annotations.Nullable;

/** A tool that the system executes; each lives in a package of its own. */
public interface Tool {

    /** Who executes it, as in {@link ToolRequested#tool}, e.g. {@code code_interpreter}. */
    String name();

    /**
     * Executes the call, on a virtual thread; called again with the same call id if a worker died
     * with it, or if it failed for a reason of ours. What is wrong with the call itself it returns;
     * what it throws is a failure of ours. Null if the call was handed to another service, which
     * will answer it.
     */
    @Nullable ToolOutput execute(ToolRequested call) throws Exception;
}
