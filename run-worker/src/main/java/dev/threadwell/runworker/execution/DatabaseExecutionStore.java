package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.ClaimedRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepStore;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.persistence.thread.MessageStore;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The execution store in PostgreSQL. */
@ApplicationScoped
public class DatabaseExecutionStore implements ExecutionStore {

    private final ClaimedRuns runs;
    private final StepStore steps;
    private final MessageStore messages;

    @Inject
    public DatabaseExecutionStore(ClaimedRuns runs, StepStore steps, MessageStore messages) {
        this.runs = runs;
        this.steps = steps;
        this.messages = messages;
    }

    @Override
    public Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps) {
        return runs.note(held, messages, steps);
    }

    @Override
    public Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> requests) {
        return runs.suspend(held, messages, steps, requests);
    }

    @Override
    public Uni<Advance> advance(
            RunRow held, RunEvent event, List<Message> messages, List<StepWithUsage> steps) {
        return runs.advance(held, event, messages, steps);
    }

    @Override
    public Uni<@Nullable RunRow> reload(RunRow held) {
        return runs.reload(held);
    }

    @Override
    public Uni<@Nullable RunStep> findStep(RunRow held, String stepId) {
        return steps.find(held.key(), stepId);
    }

    @Override
    public Uni<@Nullable Message> findMessage(RunRow held, String messageId) {
        return messages.find(held.projectId(), held.run().threadId(), messageId);
    }
}
