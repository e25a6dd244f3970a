package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import org.jspecify.annotations.Nullable;

/**
 * A call while the model writes it. Clients see it as deltas. Each delta is a JSON object, the
 * value of the call's member that is named after its kind; clients concatenate the strings in them.
 */
public interface WrittenCall {

    /** The kind of the called tool. */
    ToolKind kind();

    /** The first delta: the call without its input. */
    String begins();

    /** Takes the next piece of the arguments and returns the delta that shows it, or null. */
    default @Nullable String takes(String piece) {
        return null;
    }

    /** Ends the call and returns the delta that shows the rest of its arguments, or null. */
    default @Nullable String ends() {
        return null;
    }

    /**
     * The call so far, as it is stored.
     *
     * @param name the name that the model called
     * @param arguments the arguments that the model has written so far
     */
    StepDetails.ToolCall call(String id, String name, String arguments);
}
