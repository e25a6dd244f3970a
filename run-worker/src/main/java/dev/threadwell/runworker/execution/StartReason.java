package dev.threadwell.runworker.execution;

import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;

/** Why this worker starts the execution of a run. */
public sealed interface StartReason {

    /** The word of traces for the first turn of a run. */
    String QUEUED = "queued";

    /** The word for the turn after a client has submitted outputs. */
    String SUBMITTED = "outputs_submitted";

    /** The word of traces for this reason. */
    String word();

    /**
     * The run was queued. The model call was started along with the claim, since nothing can change
     * the prompt between the two.
     */
    record Fresh(SpeculativeSampling sampling) implements StartReason {

        @Override
        public String word() {
            return sampling.word();
        }
    }

    /** The run's previous worker died or stopped, perhaps in the middle of a message. */
    record TakenOver() implements StartReason {

        @Override
        public String word() {
            return "taken_over";
        }
    }

    /**
     * The run cannot be executed, and is only ended with an error.
     *
     * @param fresh whether it was queued, so that no worker has published any event of it
     */
    record Condemned(RunError error, boolean fresh) implements StartReason {

        /** A run whose execution has coincided with the death of too many workers. */
        public static Condemned brokenWorkers() {
            return new Condemned(RunError.brokenWorkers(), false);
        }

        /** A run that is too large for this worker's memory. */
        public static Condemned tooLarge(boolean fresh) {
            return new Condemned(ReceivedRun.TOO_LARGE, fresh);
        }

        @Override
        public String word() {
            return "condemned";
        }
    }

    /**
     * All tool calls of the run's last step have been answered.
     *
     * @param callId the call that was answered last
     */
    record ToolsAnswered(RunStep step, String callId) implements StartReason {

        @Override
        public String word() {
            return "tools_answered";
        }
    }
}
