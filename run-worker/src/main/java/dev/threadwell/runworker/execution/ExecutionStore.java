package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.HeldRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run that this worker executes. A write names the version and the epoch of the row
 * that it was decided on, so it changes nothing once another worker has the run.
 */
public interface ExecutionStore {

    /** Saves messages and steps that are at their end, while the run itself goes on as it is. */
    Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps);

    /** Saves these, asks for tools, and gives the run away until they have answered. */
    Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> requests);

    /** Moves the run on by this event, and saves the messages and steps that belong to it. */
    Uni<Advance> advance(
            RunRow held, RunEvent event, List<Message> messages, List<StepWithUsage> steps);

    /** The row as it is now; null if the run is another worker's or is deleted. */
    Uni<@Nullable RunRow> reload(RunRow held);

    /** A step of the run, if it was saved. */
    Uni<@Nullable RunStep> findStep(RunRow held, String stepId);

    /** A message of the run's thread, if it was saved. */
    Uni<@Nullable Message> findMessage(RunRow held, String messageId);
}
