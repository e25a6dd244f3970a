package dev.threadwell.toolworker;

import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;

/** A built-in tool; each lives in a package of its own. */
public interface Tool {

    /** The name by which a model calls it, e.g. {@code code_interpreter}. */
    String name();

    /** Executes the call and returns what the model is told. */
    Uni<String> execute(ToolRequested call);
}
