package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunError;
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
     * It is only ended, because it cannot be worked on.
     *
     * @param fresh whether it was queued, and no worker has begun with it
     */
    record Condemned(RunError error, boolean fresh) implements Beginning {

        /** A run that has broken its workers. */
        public static Condemned brokenWorkers() {
            return new Condemned(RunError.brokenWorkers(), false);
        }

        /** A run that is too large for this worker's memory. */
        public static Condemned tooLarge(boolean fresh) {
            return new Condemned(ReceivedRun.TOO_LARGE, fresh);
        }
    }

    /**
     * The tools of its last step have answered.
     *
     * @param callId the call whose answer was the last
     */
    record ToolsAnswered(RunStep step, String callId) implements Beginning {}
}
