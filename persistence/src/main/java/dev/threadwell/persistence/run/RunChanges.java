package dev.threadwell.persistence.run;

import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Effect;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.RunCancelled;
import dev.threadwell.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Converts decisions of the lifecycle to writes and outbox messages: pure functions that all
 * writers share.
 */
final class RunChanges {

    private RunChanges() {}

    /** The write for an event; null if the lifecycle ignores or refuses the event. */
    static @Nullable RunUpdateStatement write(
            RunRow before,
            RunEvent event,
            List<StepWithUsage> steps,
            List<Message> messages,
            Instant now) {
        return switch (RunLifecycle.decide(before.run(), event, now)) {
            case Decision.Move move ->
                    write(before, move, UnaryOperator.identity(), steps, messages, now);
            case Decision.Ignore _, Decision.Refuse _ -> null;
        };
    }

    static RunUpdateStatement write(
            RunRow before,
            Decision.Move move,
            UnaryOperator<RunRow> beside,
            List<StepWithUsage> steps,
            List<Message> messages,
            Instant now) {
        RunRow after = beside.apply(before.next(move.run(), holderAfter(before, move)));
        return new RunUpdateStatement(
                before, after, messages, steps, outboxMessages(before, after, move.effects(), now));
    }

    static List<OutboxMessage> outboxMessages(
            RunRow before, RunRow after, List<Effect> effects, Instant now) {
        return effects.stream().map(effect -> outboxMessage(before, after, effect, now)).toList();
    }

    private static OutboxMessage outboxMessage(
            RunRow before, RunRow after, Effect effect, Instant now) {
        String threadId = after.run().threadId();
        return switch (effect) {
            case ANNOUNCE ->
                    OutboxMessage.announced(after.projectId(), after.run(), after.version(), now);
            case REQUEST ->
                    OutboxMessage.of(Topics.RUN_REQUESTED, threadId, after.requested())
                            .tracedBy(after.traceparent());
            case STOP_WORK ->
                    OutboxMessage.of(
                            Topics.RUN_CANCELLED,
                            threadId,
                            new RunCancelled(
                                    after.projectId(),
                                    threadId,
                                    after.run().id(),
                                    before.worker()));
        };
    }

    /**
     * The worker keeps the run while it is in progress, and while it is cancelling, because the
     * worker still has to learn of that.
     */
    private static @Nullable String holderAfter(RunRow before, Decision.Move move) {
        RunStatus status = move.run().status();
        return status == RunStatus.IN_PROGRESS || status == RunStatus.CANCELLING
                ? before.worker()
                : null;
    }
}
