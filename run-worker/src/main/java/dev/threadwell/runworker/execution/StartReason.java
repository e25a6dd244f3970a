package dev.threadwell.runworker.execution;

import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;

/** Why a worker executes a run. */
public sealed interface StartReason {

    /**
     * It was queued. The model was asked along with the claim, since nothing can change the prompt
     * between the two.
     */
    record Fresh(SpeculativeSampling sampling) implements StartReason {}

    /** Its former worker died or stopped, perhaps in the middle of a message. */
    record TakenOver() implements StartReason {}

    /**
     * It is only ended, because it cannot be executed.
     *
     * @param fresh whether it was queued, so that no worker has shown anything of it
     */
    record Condemned(RunError error, boolean fresh) implements StartReason {

        /** A run that too many workers have died with. */
        public static Condemned brokenWorkers() {
            return new Condemned(RunError.brokenWorkers(), false);
        }

        /** A run that is too large for this worker's memory. */
        public static Condemned tooLarge(boolean fresh) {
            return new Condemned(ReceivedRun.TOO_LARGE, fresh);
        }
    }

    /**
     * All tools of its last step have answered.
     *
     * @param callId the call that was answered last
     */
    record ToolsAnswered(RunStep step, String callId) implements StartReason {}
}
