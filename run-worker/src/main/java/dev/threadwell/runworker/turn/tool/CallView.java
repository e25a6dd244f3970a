package dev.threadwell.runworker.turn.tool;

import java.util.List;

/** A stored call as the tool worker, the model and clients see it. */
public interface CallView {

    /**
     * The arguments for the tool worker, and for the model when the call is part of a later prompt.
     */
    String arguments();

    /** The name of the argument that {@link #arguments} is taken for if it is not a JSON object. */
    String parameter();

    /** The result as text for the model. */
    String text();

    /**
     * The deltas that show clients the result before the step ends, in the form of {@link
     * WrittenCall}.
     */
    default List<String> outputs() {
        return List.of();
    }

    /** Adds the sources that the next message can cite, link to or show. */
    default void collect(SourceCollector sources) {}
}
