package dev.threadwell.runworker.execution;

import dev.threadwell.run.RunError;
import dev.threadwell.runworker.turn.TurnResult;
import org.jspecify.annotations.Nullable;

/** The state of the execution of a run; {@link ExecutionLifecycle} has the transitions. */
sealed interface ExecutionState {

    /**
     * The worker reads from the stream what the previous worker left open, and ends it.
     *
     * @param failure the error that the run ends with after that; null if the execution continues
     * @param stopRequested whether the row has to be reread after that
     */
    record Recovering(@Nullable RunError failure, boolean stopRequested)
            implements ExecutionState {}

    /** The prompt is being assembled; the model call has not started yet. */
    record Prompting() implements ExecutionState {}

    /** The model call is running, and its answer is published piece by piece. */
    record Sampling() implements ExecutionState {}

    /**
     * A message in the middle of the turn is being saved. Its end must not be published before
     * that, so all later output waits, and so does a request to stop.
     *
     * @param backlog the output of the model in the meantime
     * @param stopRequested whether the row has to be reread once the message is saved
     * @param end the result of the turn, once the model call has ended
     */
    record Saving(Backlog backlog, boolean stopRequested, @Nullable TurnResult end)
            implements ExecutionState {}

    /**
     * The last write is in flight; events of the model are ignored from here on.
     *
     * @param usageRecorded whether the tokens of this turn have been added to those of the run
     * @param failures how often the execution has failed so far; see {@link Transition#broken}
     */
    record Ending(boolean usageRecorded, int failures) implements ExecutionState {}

    /** This worker does not execute the run any more. */
    record Released() implements ExecutionState {}

    /** Whether events of the model are accepted. */
    default boolean listens() {
        return switch (this) {
            case Sampling _ -> true;
            case Saving saving -> saving.end() == null;
            case Recovering _, Prompting _, Ending _, Released _ -> false;
        };
    }
}
