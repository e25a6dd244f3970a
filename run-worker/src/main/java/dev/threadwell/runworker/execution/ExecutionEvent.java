package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happens to the execution of a run. */
sealed interface ExecutionEvent {

    /**
     * The message and the step that the previous worker left open have been ended.
     *
     * @param row the row of the run after that
     */
    record Recovered(RunRow row) implements ExecutionEvent {}

    /** The prompt has been assembled, or could not be. */
    record PromptAssembled(PromptResult result) implements ExecutionEvent {}

    /** The speculative sampling has started the model call. */
    record ModelAsked() implements ExecutionEvent {}

    /** The speculative sampling could not start the model call. */
    record ModelNotAsked() implements ExecutionEvent {}

    /** A piece of the model's answer has arrived, which the turn has converted to this output. */
    record Said(List<TurnOutput> output) implements ExecutionEvent {}

    /** The model call has ended or failed; this is the turn's last output and its result. */
    record ModelEnded(List<TurnOutput> output, TurnResult end) implements ExecutionEvent {}

    /** The message in the middle of the turn is saved. */
    record MessageSaved() implements ExecutionEvent {}

    /** The message is not saved, because another writer has changed the run concurrently. */
    record SaveOvertaken(TurnOutput.Save output) implements ExecutionEvent {}

    /** The run may have been cancelled, have expired, or its thread may have been deleted. */
    record StopRequested() implements ExecutionEvent {}

    /**
     * The row has been read again.
     *
     * @param row null if another worker executes the run or the run is deleted
     */
    record Rechecked(@Nullable RunRow row) implements ExecutionEvent {}

    /** The last write is committed, and its events are published. */
    record EndSaved() implements ExecutionEvent {}

    /** The last write changed nothing, because another writer has changed the run to this row. */
    record Overtaken(RunRow row) implements ExecutionEvent {}

    /** A write found that this worker does not execute the run any more. */
    record LeaseLost() implements ExecutionEvent {}

    /** Something failed for a reason that a retry does not remove. */
    record Broken() implements ExecutionEvent {}
}
