package dev.threadwell.runworker.turn.tool;

import java.util.List;

/** What is told of a stored call: to the tool worker, to the model and to clients. */
public interface CallView {

    /** The arguments for the tool worker, and for the model when it is told of its call again. */
    String arguments();

    /** The argument that the model means if {@link #arguments} are no JSON object. */
    String parameter();

    /** What the model is told of the result. */
    String text();

    /**
     * The deltas by which clients see the result before the step ends, as in {@link WrittenCall}.
     */
    default List<String> outputs() {
        return List.of();
    }

    /** Adds what the next message can refer to, or shows. */
    default void collect(SourceCollector sources) {}
}
