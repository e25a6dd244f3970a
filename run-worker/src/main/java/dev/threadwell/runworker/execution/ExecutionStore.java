package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns.Advance;
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
 * The rows of a run that this worker executes. Each write is a conditional update on the version
 * and the epoch of the row that it was decided on, so it changes nothing once another worker has
 * taken the run over.
 */
public interface ExecutionStore {

    /** Saves ended messages and steps, and leaves the run itself unchanged. */
    Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps);

    /**
     * Saves these, inserts the outbox messages that request the tool calls, and releases the run
     * until the tools have answered.
     */
    Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> requests);

    /** Applies this event to the run, and saves the messages and steps that belong to it. */
    Uni<Advance> advance(
            RunRow held, RunEvent event, List<Message> messages, List<StepWithUsage> steps);

    /** The current row; null if another worker executes the run or the run is deleted. */
    Uni<@Nullable RunRow> reload(RunRow held);

    /** A step of the run, if it was saved. */
    Uni<@Nullable RunStep> findStep(RunRow held, String stepId);

    /** A message of the run's thread, if it was saved. */
    Uni<@Nullable Message> findMessage(RunRow held, String messageId);
}
