package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.HeldRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.stream.StreamWriter;
import dev.threadwell.runworker.turn.Turn;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last write of a turn: what is saved at once, and what is shown before and after that. */
sealed interface TurnCommit {

    /** Shows what has to be on the stream before anything is saved. */
    void showBefore(RunRow row, StreamWriter stream);

    /** Saves everything in one statement. */
    Uni<Advance> write(ExecutionStore store, RunRow row);

    /** Shows the ends of message, step and run, once they are saved. */
    void showSaved(RunRow row, StreamWriter stream);

    /**
     * The commit of this result.
     *
     * @param spent tokens of the whole run
     */
    static TurnCommit of(TurnResult end, Usage spent) {
        return switch (end) {
            case TurnResult.Answered(var written, _) ->
                    of(new RunEvent.Completed(spent), written, null);
            case TurnResult.CutShort(var written, var step, var reason, _) ->
                    of(new RunEvent.CutShort(reason, spent), written, step);
            case TurnResult.Failed(var written, var step, var error, _) ->
                    of(new RunEvent.Failed(error, spent), written, step);
            case TurnResult.Called called when called.builtIns().isEmpty() ->
                    new Result(
                            new RunEvent.FunctionsCalled(called.functions()),
                            called.messages(),
                            called.steps(),
                            called.shownWhenSaved(),
                            false);
            case TurnResult.Called called -> new Suspension(called);
        };
    }

    private static TurnCommit of(
            RunEvent event,
            TurnResult.@Nullable Written written,
            @Nullable StepWithUsage loneStep) {
        StepWithUsage step = written == null ? loneStep : written.step();
        return new Result(
                event,
                written == null ? List.of() : List.of(written.message()),
                step == null ? List.of() : List.of(step),
                List.of(),
                true);
    }

    /** The commit of what there is of a turn when its run has been ended by somebody else. */
    static TurnCommit ofEnded(RunRow row, Turn turn, Instant now) {
        boolean expired = row.run().status() == RunStatus.EXPIRED;
        RunEvent event =
                row.run().status() == RunStatus.CANCELLING
                        ? new RunEvent.Stopped(row.spent())
                        : null;
        Turn.Partial partial = turn.partial(expired ? "run_expired" : "run_cancelled");
        return new Partial(
                event,
                Stream.ofNullable(partial.message()).toList(),
                Partial.endedSteps(row.run(), event, partial.step(), now));
    }

    /**
     * The turn ends its run, or hands it to the client.
     *
     * @param shownWhenSaved events of a message that begins and ends here
     * @param showsEnds whether the ends of the messages and steps are still to be shown; false if
     *     the messages' have been shown and the steps go on
     */
    record Result(
            RunEvent event,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<TurnOutput.Emit> shownWhenSaved,
            boolean showsEnds)
            implements TurnCommit {

        @Override
        public void showBefore(RunRow row, StreamWriter stream) {
            // The result is shown only when it is saved.
        }

        @Override
        public Uni<Advance> write(ExecutionStore store, RunRow row) {
            return store.advance(row, event, messages, steps);
        }

        @Override
        public void showSaved(RunRow row, StreamWriter stream) {
            stream.emitAll(shownWhenSaved);
            if (showsEnds) {
                messages.forEach(stream::emitMessage);
                steps.forEach(step -> stream.emitStep(row, step.step()));
            }
            stream.emitRun(row);
        }
    }

    /** The turn has called built-in tools: no worker holds the run until they have answered. */
    record Suspension(TurnResult.Called called) implements TurnCommit {

        /** Whoever answers the calls may write at once, and must be behind this writer. */
        @Override
        public void showBefore(RunRow row, StreamWriter stream) {
            stream.handOver();
        }

        @Override
        public Uni<Advance> write(ExecutionStore store, RunRow row) {
            return store.suspend(
                    row, called.messages(), called.steps(), ToolRequests.facts(row, called));
        }

        @Override
        public void showSaved(RunRow row, StreamWriter stream) {
            stream.emitAll(called.shownWhenSaved());
        }
    }

    /**
     * The run has been ended by somebody else in the middle of the turn.
     *
     * @param event what is still to happen to the run; null if it has ended already
     */
    record Partial(@Nullable RunEvent event, List<Message> messages, List<StepWithUsage> steps)
            implements TurnCommit {

        @Override
        public void showBefore(RunRow row, StreamWriter stream) {
            if (event != null) {
                stream.emitRun(row);
            }
        }

        @Override
        public Uni<Advance> write(ExecutionStore store, RunRow row) {
            return event == null
                    ? store.note(row, messages, steps)
                    : store.advance(row, event, messages, steps);
        }

        @Override
        public void showSaved(RunRow row, StreamWriter stream) {
            steps.forEach(step -> stream.emitStep(row, step.step()));
            messages.forEach(stream::emitMessage);
            stream.emitRun(row);
        }

        /** An open step as it ends because its run does, by this event or already before. */
        private static List<StepWithUsage> endedSteps(
                Run run, @Nullable RunEvent event, @Nullable StepWithUsage open, Instant now) {
            if (open == null) {
                return List.of();
            }
            Run after =
                    event != null
                                    && RunLifecycle.decide(run, event, now)
                                            instanceof Decision.Move(var moved, _)
                            ? moved
                            : run;
            return List.of(
                    open.with(open.step().endedWith(after, now.getEpochSecond(), open.spent())));
        }
    }
}
