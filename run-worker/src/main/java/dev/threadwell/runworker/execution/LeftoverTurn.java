package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.runworker.stream.StreamWriter;
import dev.threadwell.runworker.turn.PartialTurn;
import dev.threadwell.thread.Message;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Ends the message and the step that the previous worker of a run left open: first in the store,
 * then on the stream.
 */
final class LeftoverTurn {

    private final ExecutionPorts ports;
    private final SerialContext context;
    private final StreamWriter stream;

    LeftoverTurn(ExecutionPorts ports, SerialContext context, StreamWriter stream) {
        this.ports = ports;
        this.context = context;
        this.stream = stream;
    }

    /**
     * Ends the leftover turn.
     *
     * @param whenEnded receives the row after that
     * @param whenLost is run instead if another worker executes the run by now
     */
    void end(RunRow row, Consumer<RunRow> whenEnded, Runnable whenLost) {
        context.on(
                new StreamRecovery(ports.store(), ports.history(), stream).left(row),
                left -> {
                    switch (left) {
                        case StreamRecovery.Left.Nothing _ -> whenEnded.accept(row);
                        case StreamRecovery.Left.Unsaved(var seen) ->
                                save(seen, row, whenEnded, whenLost);
                        case StreamRecovery.Left.Saved saved -> {
                            saved.show(row, stream);
                            whenEnded.accept(row);
                        }
                    }
                });
    }

    /**
     * Saves the output that clients have seen, even if another writer has changed the run
     * meanwhile.
     */
    private void save(PartialTurn seen, RunRow row, Consumer<RunRow> whenEnded, Runnable whenLost) {
        long now = ports.clock().instant().getEpochSecond();
        List<Message> messages = Stream.ofNullable(seen.endedMessage(now)).toList();
        List<StepWithUsage> steps = Stream.ofNullable(seen.endedStep(now)).toList();
        context.on(
                ports.store().note(row, messages, steps),
                advance -> {
                    switch (advance) {
                        case Advance.Moved(var after) -> {
                            messages.forEach(stream::emitMessage);
                            steps.forEach(s -> stream.emitStep(after, s.step()));
                            whenEnded.accept(after);
                        }
                        case Advance.Overtaken(var other) -> save(seen, other, whenEnded, whenLost);
                        case Advance.Lost _ -> whenLost.run();
                    }
                });
    }
}
