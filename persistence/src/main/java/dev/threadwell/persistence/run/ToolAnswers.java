package dev.threadwell.persistence.run;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.RunTransactions.Decided;
import dev.threadwell.persistence.run.RunTransactions.Locked;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.topic.ToolAnswered;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Saves the answers of tools and continues the run after the last one. */
@ApplicationScoped
public class ToolAnswers {

    private final RunTransactions transactions;
    private final InstantSource clock;

    @Inject
    public ToolAnswers(RunTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The result of saving an answer. */
    public sealed interface Answer {

        /**
         * The answer changes nothing: it is a repetition, too late, or for a run that has ended.
         */
        record Ignored() implements Answer {}

        /** Other calls of the step are not answered yet. */
        record MoreAwaited(RunRow row, RunStep open) implements Answer {}

        /** All calls are answered, and this worker has claimed the run. */
        record GoesOn(RunRow row, RunStep answered) implements Answer {}

        /** The built-in tools have answered; the remaining calls are functions of the client. */
        record ClientsTurn(RunRow row, RunStep open) implements Answer {}

        /** The call cannot be answered, and the run has failed. */
        record Ended(RunRow row, RunStep failed) implements Answer {}
    }

    /** Saves an answer; if it is the last one, the worker claims the run. */
    public Uni<Answer> save(ToolAnswered answered, String worker) {
        RunKey key = new RunKey(answered.projectId(), answered.threadId(), answered.runId());
        return transactions
                .decide(key, locked -> decided(locked, answered, worker))
                .onItem()
                .ifNull()
                .continueWith(new Answer.Ignored());
    }

    private Decided<Answer> decided(Locked locked, ToolAnswered answered, String worker) {
        StepWithUsage open =
                locked.open().stream()
                        .filter(s -> s.step().id().equals(answered.stepId()))
                        .findFirst()
                        .orElse(null);
        if (open == null
                || locked.row().run().status() != RunStatus.IN_PROGRESS
                || !(open.step().stepDetails() instanceof StepDetails.ToolCalls calls)) {
            return new Decided<>(new Answer.Ignored(), null);
        }
        List<StepDetails.ToolCall> after =
                calls.toolCalls().stream().map(c -> answer(c, answered)).toList();
        if (!after.equals(calls.toolCalls())
                && answered.output() instanceof ToolOutput.Failed(RunError error)) {
            return failed(locked.row(), open, error);
        }
        return after.equals(calls.toolCalls())
                ? new Decided<>(new Answer.Ignored(), null)
                : saved(
                        locked.row().spending(images(answered.output())),
                        open,
                        calls.with(after),
                        worker);
    }

    private static Usage images(ToolOutput output) {
        return output instanceof ToolOutput.Result result
                ? Usage.ofImages(result.images().size())
                : Usage.NONE;
    }

    private Decided<Answer> saved(
            RunRow row, StepWithUsage open, StepDetails.ToolCalls calls, String worker) {
        RunStep step = open.step().with(calls);
        List<StepDetails.ToolCall> awaited =
                calls.toolCalls().stream().filter(c -> !c.answered()).toList();
        List<RequiredAction.Call> functions =
                awaited.stream()
                        .map(call -> required(row.run(), call))
                        .filter(c -> c != null)
                        .toList();
        if (awaited.isEmpty()) {
            RunStep done = step.completed(clock.instant().getEpochSecond(), open.spent());
            RunRow after = row.claimedBy(worker, row.run());
            return new Decided<>(
                    new Answer.GoesOn(after, done),
                    new RunUpdateStatement(
                            row, after, List.of(), List.of(open.with(done)), List.of()));
        }
        if (functions.size() < awaited.size()) {
            RunRow after = row.next(row.run(), null);
            return new Decided<>(
                    new Answer.MoreAwaited(after, step),
                    new RunUpdateStatement(
                            row, after, List.of(), List.of(open.with(step)), List.of()));
        }
        return clientsTurn(row, open.with(step), functions);
    }

    private Decided<Answer> clientsTurn(
            RunRow row, StepWithUsage step, List<RequiredAction.Call> functions) {
        return moved(
                row,
                new RunEvent.FunctionsCalled(functions),
                step,
                after -> new Answer.ClientsTurn(after, step.step()));
    }

    /**
     * The failed step keeps the answers of its other calls; answers that are still missing will be
     * ignored.
     */
    private Decided<Answer> failed(RunRow row, StepWithUsage open, RunError error) {
        RunStep failed = open.step().failed(error, clock.instant().getEpochSecond(), open.spent());
        return moved(
                row,
                new RunEvent.Failed(error, row.spent()),
                open.with(failed),
                after -> new Answer.Ended(after, failed));
    }

    private Decided<Answer> moved(
            RunRow row, RunEvent event, StepWithUsage step, Function<RunRow, Answer> answer) {
        RunUpdateStatement write =
                RunChanges.write(row, event, List.of(step), List.of(), clock.instant());
        return write == null
                ? new Decided<>(new Answer.Ignored(), null)
                : new Decided<>(answer.apply(write.after()), write);
    }

    /**
     * The call as a required action of the client; null for a function that the system executes.
     */
    private static RequiredAction.@Nullable Call required(Run run, StepDetails.ToolCall call) {
        return call instanceof StepDetails.FunctionCall f
                        && Tool.executing(run.tools(), f.function().name()) == null
                ? new RequiredAction.Call(
                        f.id(),
                        ToolKind.FUNCTION.name(),
                        new RequiredAction.Function(f.function().name(), f.function().arguments()))
                : null;
    }

    private static StepDetails.ToolCall answer(StepDetails.ToolCall call, ToolAnswered answered) {
        if (!call.id().equals(answered.callId()) || call.answered()) {
            return call;
        }
        return call.answeredWith(answered.output());
    }
}
