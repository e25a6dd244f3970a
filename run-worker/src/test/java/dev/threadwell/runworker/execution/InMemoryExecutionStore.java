package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores one run in memory with the same conditional updates as the table: a late write has no
 * effect.
 */
final class InMemoryExecutionStore implements ExecutionStore {

    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final Queue<CompletableFuture<Void>> gates = new ArrayDeque<>();
    private CompletableFuture<Void> readGate = CompletableFuture.completedFuture(null);
    private @Nullable RunRow row;
    final List<Message> messages = new ArrayList<>();
    final List<StepWithUsage> steps = new ArrayList<>();
    final List<OutboxMessage> requests = new ArrayList<>();
    final Map<String, RunStep> savedSteps = new ConcurrentHashMap<>();
    final Map<String, Message> savedMessages = new ConcurrentHashMap<>();
    int writesBegun;

    InMemoryExecutionStore(RunRow row) {
        this.row = row;
    }

    synchronized @Nullable RunRow row() {
        return row;
    }

    synchronized int writesBegun() {
        return writesBegun;
    }

    /** Changes the run from outside. */
    synchronized void moveTo(RunStatus status) {
        row = next(row, Samples.in(row.run(), status));
    }

    /** Deletes the thread together with the run. */
    synchronized void delete() {
        row = null;
    }

    /** Lets another worker claim the run. */
    synchronized void claimElsewhere() {
        row =
                new RunRow(
                        row.projectId(),
                        row.run(),
                        row.version() + 1,
                        row.epoch() + 1,
                        "rw-other",
                        row.stream(),
                        row.spent(),
                        row.contents(),
                        false,
                        row.traceparent());
    }

    /** Lets one of the next writes fail. */
    synchronized void fail(RuntimeException failure) {
        failures.add(failure);
    }

    /** Blocks the next write until the gate is opened. */
    synchronized CompletableFuture<Void> gate() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        gates.add(gate);
        return gate;
    }

    /** Blocks reads until the gate is opened. */
    synchronized CompletableFuture<Void> readGate() {
        readGate = new CompletableFuture<>();
        return readGate;
    }

    private static RunRow next(RunRow before, Run run) {
        return new RunRow(
                before.projectId(),
                run,
                before.version() + 1,
                before.epoch(),
                before.worker(),
                before.stream(),
                before.spent(),
                before.contents(),
                false,
                before.traceparent());
    }

    private Uni<Advance> write(Supplier<Advance> write) {
        CompletableFuture<Void> gate;
        synchronized (this) {
            writesBegun++;
            gate = gates.poll();
        }
        Uni<Void> opened =
                gate == null ? Uni.createFrom().voidItem() : Uni.createFrom().completionStage(gate);
        return opened.map(
                ignored -> {
                    synchronized (this) {
                        RuntimeException failure = failures.poll();
                        if (failure != null) {
                            throw failure;
                        }
                        return row == null ? new Advance.Lost() : write.get();
                    }
                });
    }

    private Advance saved(RunRow after, List<Message> newMessages, List<StepWithUsage> newSteps) {
        row = after;
        messages.addAll(newMessages);
        steps.addAll(newSteps);
        return new Advance.Moved(after);
    }

    @Override
    public Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps) {
        return write(() -> noted(held, messages, steps));
    }

    private Advance noted(RunRow held, List<Message> newMessages, List<StepWithUsage> newSteps) {
        if (row.epoch() != held.epoch()) {
            return new Advance.Lost();
        }
        return row.version() == held.version()
                ? saved(next(held, held.run()), newMessages, newSteps)
                : new Advance.Overtaken(row);
    }

    @Override
    public Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> toolRequests) {
        return write(
                () -> {
                    Advance advance = noted(held, messages, steps);
                    if (advance instanceof Advance.Moved) {
                        requests.addAll(toolRequests);
                    }
                    return advance;
                });
    }

    @Override
    public Uni<Advance> advance(
            RunRow held, RunEvent event, List<Message> messages, List<StepWithUsage> steps) {
        return write(
                () -> {
                    if (row.epoch() != held.epoch()) {
                        return new Advance.Lost();
                    }
                    return RunLifecycle.decide(row.run(), event, Samples.CLOCK.instant())
                                    instanceof Decision.Move(var run, _)
                            ? saved(next(row, run), messages, steps)
                            : new Advance.Overtaken(row);
                });
    }

    @Override
    public synchronized Uni<@Nullable RunRow> reload(RunRow held) {
        RunRow found = row == null || row.epoch() != held.epoch() ? null : row;
        return Uni.createFrom().completionStage(readGate).map(ignored -> found);
    }

    @Override
    public Uni<@Nullable RunStep> findStep(RunRow held, String stepId) {
        return Uni.createFrom().item(savedSteps.get(stepId));
    }

    @Override
    public Uni<@Nullable Message> findMessage(RunRow held, String messageId) {
        return Uni.createFrom().item(savedMessages.get(messageId));
    }
}
