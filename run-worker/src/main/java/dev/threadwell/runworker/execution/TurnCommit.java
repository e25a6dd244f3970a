package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns.Advance;
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

/**
 * The last write of a turn: the rows that are saved together, and the events that are published
 * before and after that.
 */
sealed interface TurnCommit {

    /** Publishes the events that have to be on the stream before the write. */
    void showBefore(RunRow row, StreamWriter stream);

    /** Saves everything in one statement. */
    Uni<Advance> write(ExecutionStore store, RunRow row);

    /** Publishes the ends of message, step and run, once they are saved. */
    void showSaved(RunRow row, StreamWriter stream);

    /**
     * The commit of this result.
     *
     * @param spent tokens of the whole run
     * @param context the context of the turn's span, if it is traced
     */
    static TurnCommit of(TurnResult end, Usage spent, @Nullable String context) {
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
            case TurnResult.Called called -> new Suspension(called, context);
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

    /** The commit of the partial output of a turn whose run has been cancelled or has expired. */
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
     * The turn ends its run, or leaves it waiting for the client's functions.
     *
     * @param shownWhenSaved events of a message that begins and ends in this commit
     * @param showsEnds whether the ends of the messages and steps still have to be published; false
     *     if those of the message are among {@code shownWhenSaved} and the step of the calls stays
     *     open
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
            // The result is published only after it is saved.
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

    /**
     * The turn has called tools that the system executes: no worker executes the run until they
     * have answered.
     *
     * @param context the context of the span that the calls are below
     */
    record Suspension(TurnResult.Called called, @Nullable String context) implements TurnCommit {

        /**
         * Writes the hand-over fence before the calls are requested: the worker that handles an
         * answer may write to the stream at once, and its events must come after those of this
         * worker.
         */
        @Override
        public void showBefore(RunRow row, StreamWriter stream) {
            stream.handOver();
        }

        @Override
        public Uni<Advance> write(ExecutionStore store, RunRow row) {
            return store.suspend(
                    row,
                    called.messages(),
                    called.steps(),
                    ToolRequests.messages(row, called).stream()
                            .map(request -> request.tracedBy(context))
                            .toList());
        }

        @Override
        public void showSaved(RunRow row, StreamWriter stream) {
            stream.emitAll(called.shownWhenSaved());
        }
    }

    /**
     * The run was cancelled or has expired in the middle of the turn.
     *
     * @param event the event that still has to be applied to the run; null if the run has ended
     *     already
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

        /**
         * The open step, ended along with its run, which ends by this event or has ended already.
         */
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
