package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;

/** A side effect that {@link RunExecution} performs for a transition. */
sealed interface ExecutionEffect {

    /** Publishes the current state of the run on its stream. */
    record ShowRun() implements ExecutionEffect {}

    /** Publishes the tool output that arrived last and the end of its step. */
    record ShowToolAnswer(RunStep step, String callId) implements ExecutionEffect {}

    /** Ends the message and the step that the previous worker left open. */
    record Recover() implements ExecutionEffect {}

    /** Assembles the prompt. */
    record AssemblePrompt() implements ExecutionEffect {}

    /** Attaches the execution to the model call that was started along with the claim. */
    record JoinSampling(SpeculativeSampling sampling) implements ExecutionEffect {}

    /** Starts the model call. */
    record Sample(PromptResult.Request request) implements ExecutionEffect {}

    /** Publishes an event of the turn. */
    record Show(TurnOutput.Emit event) implements ExecutionEffect {}

    /** Saves a message in the middle of the turn. */
    record Save(TurnOutput.Save output) implements ExecutionEffect {}

    /** Rereads the row of the run, to see whether the run has been ended. */
    record Recheck() implements ExecutionEffect {}

    /** Aborts the model call, if one is running. */
    record AbortSampling() implements ExecutionEffect {}

    /**
     * Saves the result of the turn, and publishes it after the commit.
     *
     * @param recordUsage whether the tokens of the turn still have to be added to those of the run
     */
    record Conclude(TurnResult end, boolean recordUsage) implements ExecutionEffect {}

    /** Like {@link Conclude}, for a turn that fails with this error, with the output so far. */
    record Fail(RunError error, boolean recordUsage) implements ExecutionEffect {}

    /**
     * Saves and publishes the partial output of the turn, because the run has been cancelled or has
     * expired.
     */
    record EndPartially(RunRow row) implements ExecutionEffect {}

    /**
     * Releases the run: gives back its place in this worker.
     *
     * @param lost whether the run was taken over by another worker, or deleted
     */
    record Release(boolean lost) implements ExecutionEffect {}
}
