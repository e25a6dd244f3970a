package dev.threadwell.runworker.execution;

import dev.threadwell.run.RunError;
import dev.threadwell.runworker.turn.TurnResult;
import org.jspecify.annotations.Nullable;

/** Where the execution of a run stands; {@link ExecutionLifecycle} says what follows on what. */
sealed interface ExecutionState {

    /**
     * The worker reads what a former worker left on the stream, and ends it.
     *
     * @param failure what the run ends with after that; null if the execution goes on
     * @param stopRequested whether the row is to be read again after that
     */
    record Recovering(@Nullable RunError failure, boolean stopRequested)
            implements ExecutionState {}

    /** The prompt is being assembled; the model has not been asked yet. */
    record Prompting() implements ExecutionState {}

    /** The model has been asked, and its answer is shown piece by piece. */
    record Sampling() implements ExecutionState {}

    /**
     * A message in the middle of the turn is being saved. Its end may not be shown before that, so
     * everything behind it waits, and so does a request to stop.
     *
     * @param backlog what the model has said meanwhile
     * @param stopRequested whether the row is to be read again once the message is saved
     * @param end the result of the turn, once the model has ended
     */
    record Saving(Backlog backlog, boolean stopRequested, @Nullable TurnResult end)
            implements ExecutionState {}

    /**
     * The last write is under way; the model is not listened to any more.
     *
     * @param usageRecorded whether the tokens of this turn have been added to those of the run
     * @param failures how many times ending the run has failed or had to replace something that did
     */
    record Ending(boolean usageRecorded, int failures) implements ExecutionState {}

    /** This worker does not hold the run any more. */
    record Released() implements ExecutionState {}

    /** Whether the model is listened to. */
    default boolean listens() {
        return switch (this) {
            case Sampling _ -> true;
            case Saving saving -> saving.end() == null;
            case Recovering _, Prompting _, Ending _, Released _ -> false;
        };
    }
}
