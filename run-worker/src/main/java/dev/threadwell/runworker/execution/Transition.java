package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunError;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.execution.ExecutionEffect.AbortSampling;
import dev.threadwell.runworker.execution.ExecutionEffect.Conclude;
import dev.threadwell.runworker.execution.ExecutionEffect.EndPartially;
import dev.threadwell.runworker.execution.ExecutionEffect.Fail;
import dev.threadwell.runworker.execution.ExecutionEffect.Release;
import dev.threadwell.runworker.execution.ExecutionState.Ending;
import dev.threadwell.runworker.execution.ExecutionState.Released;
import dev.threadwell.runworker.turn.TurnResult;
import java.util.List;

/** The next state of an execution, and the effects that are performed on the way, in this order. */
record Transition(ExecutionState state, List<ExecutionEffect> effects) {

    static Transition to(ExecutionState state, ExecutionEffect... effects) {
        return new Transition(state, List.of(effects));
    }

    /** Another worker executes the run, or the run is deleted. */
    static Transition lost() {
        return to(new Released(), new AbortSampling(), new Release(true));
    }

    /** Another writer has changed the run, so this worker's execution of it ends. */
    static Transition overtaken(RunRow row, Ending ending) {
        return switch (row.run().status()) {
            case CANCELLING, CANCELLED, EXPIRED ->
                    to(ending, new AbortSampling(), new EndPartially(row));
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, FAILED, COMPLETED, INCOMPLETE ->
                    to(new Released(), new AbortSampling(), new Release(false));
        };
    }

    /**
     * The run fails with its partial output; if that cannot be saved, it fails without the output;
     * if that cannot be saved either, the run is only released.
     */
    static Transition broken(Ending ending) {
        return switch (ending.failures()) {
            case 0 ->
                    to(
                            new Ending(true, 1),
                            new AbortSampling(),
                            new Fail(RunError.server(), !ending.usageRecorded()));
            case 1 ->
                    to(
                            new Ending(true, 2),
                            new AbortSampling(),
                            new Conclude(
                                    new TurnResult.Failed(
                                            null, null, RunError.server(), Usage.NONE),
                                    false));
            default -> to(new Released(), new AbortSampling(), new Release(false));
        };
    }
}
