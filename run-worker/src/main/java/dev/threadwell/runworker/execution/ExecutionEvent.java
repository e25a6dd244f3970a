package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happens to the execution of a run. */
sealed interface ExecutionEvent {

    /** What a former worker left open has been ended; the row is what the run is now. */
    record Recovered(RunRow row) implements ExecutionEvent {}

    /** The prompt has been assembled, or it is known why there is none. */
    record PromptAssembled(PromptResult result) implements ExecutionEvent {}

    /** The speculative sampling has asked the model. */
    record ModelAsked() implements ExecutionEvent {}

    /** The speculative sampling could not ask the model. */
    record ModelNotAsked() implements ExecutionEvent {}

    /** The model has said something, which the turn has made into this output. */
    record Said(List<TurnOutput> output) implements ExecutionEvent {}

    /** The model has ended or failed; this is the turn's last output and its result. */
    record ModelEnded(List<TurnOutput> output, TurnResult end) implements ExecutionEvent {}

    /** The message in the middle of the turn is saved. */
    record MessageSaved() implements ExecutionEvent {}

    /** The message is not saved, because the run was moved on by somebody else meanwhile. */
    record SaveOvertaken(TurnOutput.Save output) implements ExecutionEvent {}

    /** Somebody says that the run has been cancelled, has expired, or that its thread is gone. */
    record StopRequested() implements ExecutionEvent {}

    /**
     * The row has been read again.
     *
     * @param row null if the run is another worker's or is deleted
     */
    record Rechecked(@Nullable RunRow row) implements ExecutionEvent {}

    /** The last write is committed, and its events are shown. */
    record EndSaved() implements ExecutionEvent {}

    /** The last write was ruled out, because somebody else has moved the run on to this row. */
    record Overtaken(RunRow row) implements ExecutionEvent {}

    /** A write found that the run is not this worker's any more. */
    record LeaseLost() implements ExecutionEvent {}

    /** Something failed that does not pass with an outage. */
    record Broken() implements ExecutionEvent {}
}
