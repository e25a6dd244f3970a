package dev.threadwell.runworker.hold;

import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.Output;
import dev.threadwell.runworker.turn.TurnEnd;
import dev.threadwell.store.OpenStep;
import dev.threadwell.store.RunRow;
import dev.threadwell.thread.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ends its run, or hands it to the client: what happens to the run, what is saved with
 * that at once, and what is shown after it.
 *
 * @param shownWhenSaved events of a message that begins and ends here
 * @param showsEnds whether the ends of the messages and steps are still to be shown; false if the
 *     messages' have been shown and the steps go on
 */
record Closing(
        RunEvent event,
        List<Message> messages,
        List<OpenStep> steps,
        List<Output.Emit> shownWhenSaved,
        boolean showsEnds) {

    /**
     * The closing of this turn.
     *
     * @param spent tokens of the whole run
     */
    static Closing of(TurnEnd end, Usage spent) {
        return switch (end) {
            case TurnEnd.Answered(var written, _) ->
                    of(new RunEvent.Completed(spent), written, null);
            case TurnEnd.CutShort(var written, var step, var reason, _) ->
                    of(new RunEvent.CutShort(reason, spent), written, step);
            case TurnEnd.Failed(var written, var step, var error, _) ->
                    of(new RunEvent.Failed(error, spent), written, step);
            case TurnEnd.Called called ->
                    new Closing(
                            new RunEvent.FunctionsCalled(called.functions()),
                            called.messages(),
                            called.steps(),
                            called.shownWhenSaved(),
                            false);
        };
    }

    private static Closing of(
            RunEvent event, TurnEnd.@Nullable Written written, @Nullable OpenStep loneStep) {
        OpenStep step = written == null ? loneStep : written.step();
        return new Closing(
                event,
                written == null ? List.of() : List.of(written.message()),
                step == null ? List.of() : List.of(step),
                List.of(),
                true);
    }

    /** Shows the ends of the message and the step, once they are saved. */
    void show(RunRow row, StreamWriter stream) {
        shownWhenSaved.forEach(event -> stream.emit(event.name(), event.data()));
        if (showsEnds) {
            messages.forEach(stream::emitMessage);
            steps.forEach(step -> stream.emitStep(row, step.step()));
        }
    }

    /** An open step as it ends because its run does, by this event or long since. */
    static List<OpenStep> endedWith(
            Run run, @Nullable RunEvent event, @Nullable OpenStep open, Instant now) {
        if (open == null) {
            return List.of();
        }
        Run after =
                event != null
                                && RunLifecycle.decide(run, event, now)
                                        instanceof Decision.Move(var moved, _)
                        ? moved
                        : run;
        return List.of(open.with(open.step().endedWith(after, now.getEpochSecond(), open.spent())));
    }
}
