package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunStep;

/** How a worker came to hold a run. */
public sealed interface Beginning {

    /**
     * It was queued; the model was asked along with the claim, since nobody can change what it is
     * shown.
     */
    record Fresh(EarlyCall call) implements Beginning {}

    /** Its former worker is gone, perhaps in the middle of a message. */
    record TakenOver() implements Beginning {}

    /**
     * The tools of its last step have answered.
     *
     * @param callId the call whose answer was the last
     */
    record ToolsAnswered(RunStep step, String callId) implements Beginning {}
}
