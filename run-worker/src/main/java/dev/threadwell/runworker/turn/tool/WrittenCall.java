package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import org.jspecify.annotations.Nullable;

/**
 * A call while the model writes it. What clients see of it are deltas, each a JSON object that
 * becomes the member of the call that is named as its kind. Clients add the strings in them up.
 */
public interface WrittenCall {

    /** The kind of tool that is called. */
    ToolKind kind();

    /** The first delta: the call without its input. */
    String begins();

    /** Takes the next piece of the arguments; the delta that shows it, or null if none does. */
    default @Nullable String takes(String piece) {
        return null;
    }

    /** Nothing more will be written; the delta that shows what was held back, or null. */
    default @Nullable String ends() {
        return null;
    }

    /**
     * The call so far, as it is stored.
     *
     * @param name by which the model calls it
     * @param arguments as the model has written them, so far
     */
    StepDetails.ToolCall call(String id, String name, String arguments);
}
