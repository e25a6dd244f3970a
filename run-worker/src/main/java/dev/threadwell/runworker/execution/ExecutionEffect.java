package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;

/** Something that {@link RunExecution} does because of a transition. */
sealed interface ExecutionEffect {

    /** Shows the run as it is. */
    record ShowRun() implements ExecutionEffect {}

    /** Shows the last answer of a tool and the end of its step. */
    record ShowToolAnswer(RunStep step, String callId) implements ExecutionEffect {}

    /** Ends what a former worker left open. */
    record Recover() implements ExecutionEffect {}

    /** Assembles the prompt. */
    record AssemblePrompt() implements ExecutionEffect {}

    /** Listens to the model that was asked along with the claim. */
    record JoinSampling(SpeculativeSampling sampling) implements ExecutionEffect {}

    /** Asks the model. */
    record Sample(PromptResult.Request request) implements ExecutionEffect {}

    /** Shows an event of the turn. */
    record Show(TurnOutput.Emit event) implements ExecutionEffect {}

    /** Saves a message in the middle of the turn. */
    record Save(TurnOutput.Save output) implements ExecutionEffect {}

    /** Reads the row again, to see whether the run is to stop. */
    record Recheck() implements ExecutionEffect {}

    /** Ends the sampling, if there is one. */
    record AbortSampling() implements ExecutionEffect {}

    /**
     * Saves the result of the turn, and shows it when it is saved.
     *
     * @param recordUsage whether the tokens of the turn are still to be added to those of the run
     */
    record Conclude(TurnResult end, boolean recordUsage) implements ExecutionEffect {}

    /** The same for a turn that ends with this error, whatever it has come to so far. */
    record Fail(RunError error, boolean recordUsage) implements ExecutionEffect {}

    /** Saves and shows how the turn ends because the run has been ended by somebody else. */
    record EndPartially(RunRow row) implements ExecutionEffect {}

    /**
     * Gives the run's place in this worker back.
     *
     * @param lost whether another worker has the run
     */
    record Release(boolean lost) implements ExecutionEffect {}
}
