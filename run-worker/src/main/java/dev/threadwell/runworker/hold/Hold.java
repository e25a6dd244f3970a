package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.Fact;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.Output;
import dev.threadwell.runworker.turn.Prompt;
import dev.threadwell.runworker.turn.Recovery;
import dev.threadwell.runworker.turn.Turn;
import dev.threadwell.runworker.turn.TurnEnd;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.HeldRuns.Advance;
import dev.threadwell.store.OpenStep;
import dev.threadwell.store.RunRow;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.StreamView;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run in the hands of this worker, from its claim to the end of a turn. All of it happens on
 * one Vert.x context, so nothing here is locked. Whatever clients are shown as saved has been saved
 * before: while a save is under way, what comes after it waits in {@code pending}.
 */
final class Hold implements ModelCall.Listener {

    private static final Logger LOG = Logger.getLogger(Hold.class);

    private final HoldServices services;
    private final Context context;
    private final Consumer<Hold> whenEnded;
    private final StreamWriter stream;
    private final Turn turn;
    private final Queue<Output> pending = new ArrayDeque<>();

    private RunRow row;
    private boolean saving;
    private boolean finishing;
    private boolean ended;
    private @Nullable TurnEnd end;
    private @Nullable ModelCall call;

    Hold(RunRow row, HoldServices services, Context context, Consumer<Hold> whenEnded) {
        this.row = row;
        this.services = services;
        this.context = context;
        this.whenEnded = whenEnded;
        this.stream = StreamWriter.of(services.producer, row);
        this.turn = new Turn(row.run(), services.clock);
    }

    String runId() {
        return row.run().id();
    }

    void begin(Beginning beginning) {
        switch (beginning) {
            case Beginning.Fresh _ -> {
                emitRun();
                ask();
            }
            case Beginning.ToolsAnswered answered -> {
                stream.emit("thread.run.step.completed", answered.step());
                ask();
            }
            case Beginning.TakenOver _ -> recover();
        }
    }

    private void ask() {
        on(
                services.conversation.newest(
                        row.run().threadId(), services.config.newestMessages()),
                this::ask);
    }

    private void ask(List<Conversation.Entry> conversation) {
        if (!finishing) {
            byte[] request = Prompt.of(row.run(), conversation, services.model.contextTokens());
            call = services.model.stream(request, this);
        }
    }

    @Override
    public void on(ModelEvent event) {
        if (!finishing) {
            turn.on(event).forEach(pending::add);
            drain();
        }
    }

    @Override
    public void ended() {
        if (!finishing) {
            finish(turn.end());
        }
    }

    @Override
    public void failed(ModelFailure failure) {
        if (!finishing) {
            LOG.infof("the model failed runId=%s code=%s", runId(), failure.error().code());
            finish(turn.failed(failure.error()));
        }
    }

    private void drain() {
        while (!saving && !pending.isEmpty()) {
            switch (pending.remove()) {
                case Output.Emit(var name, var data) -> stream.emit(name, data);
                case Output.Save(var message, var step) -> save(message, step);
            }
        }
        TurnEnd reached = end;
        if (!saving && pending.isEmpty() && reached != null) {
            end = null;
            conclude(reached);
        }
    }

    private void save(Message message, OpenStep step) {
        saving = true;
        on(
                services.runs.note(row, List.of(message), List.of(step)),
                advance ->
                        moved(
                                advance,
                                after -> {
                                    saving = false;
                                    drain();
                                }));
    }

    private void finish(TurnEnd reached) {
        finishing = true;
        end = reached;
        drain();
    }

    private void conclude(TurnEnd reached) {
        switch (reached) {
            case TurnEnd.Answered answered -> {
                row = row.spending(answered.usage());
                advance(
                        new RunEvent.Completed(row.spent()),
                        answered.written(),
                        null,
                        "thread.message.completed",
                        "thread.run.step.completed");
            }
            case TurnEnd.CutShort cut -> {
                row = row.spending(cut.usage());
                advance(
                        new RunEvent.CutShort(cut.reason(), row.spent()),
                        cut.written(),
                        null,
                        "thread.message.incomplete",
                        "thread.run.step.completed");
            }
            case TurnEnd.Failed failed -> {
                row = row.spending(failed.usage());
                advance(
                        new RunEvent.Failed(failed.error(), row.spent()),
                        failed.written(),
                        failed.step(),
                        "thread.message.incomplete",
                        "thread.run.step.failed");
            }
            case TurnEnd.Called called -> called(called);
        }
    }

    /** Ends the run: saves everything at once, then shows the ends of message, step and run. */
    private void advance(
            RunEvent event,
            TurnEnd.@Nullable Written written,
            @Nullable OpenStep loneStep,
            String messageEvent,
            String stepEvent) {
        OpenStep step = written == null ? loneStep : written.step();
        List<Message> messages = written == null ? List.of() : List.of(written.message());
        List<OpenStep> steps = step == null ? List.of() : List.of(step);
        on(
                services.runs.advance(row, event, messages, steps),
                advance ->
                        moved(
                                advance,
                                after -> {
                                    messages.forEach(m -> stream.emit(messageEvent, m));
                                    steps.forEach(s -> stream.emit(stepEvent, s.step()));
                                    emitRun();
                                    letGo();
                                }));
    }

    private void called(TurnEnd.Called called) {
        row = row.spending(called.usage());
        List<OpenStep> steps = List.of(called.step());
        if (called.builtIns().isEmpty()) {
            on(
                    services.runs.advance(
                            row,
                            new RunEvent.FunctionsCalled(called.functions()),
                            List.of(),
                            steps),
                    advance ->
                            moved(
                                    advance,
                                    after -> {
                                        emitRun();
                                        letGo();
                                    }));
            return;
        }
        List<Fact> requests =
                called.builtIns().stream().map(c -> requested(called.step().step(), c)).toList();
        on(
                services.runs.suspend(row, List.of(), steps, requests),
                advance -> moved(advance, after -> letGo()));
    }

    private Fact requested(RunStep step, StepDetails.ToolCall call) {
        return Fact.of(
                Topics.TOOL_REQUESTED, row.run().threadId(), ToolRequests.of(row, step, call));
    }

    /**
     * Something from outside ends this run: it was cancelled, it expired, or its thread is gone.
     */
    void stop() {
        context.runOnContext(ignored -> stopOnContext());
    }

    private void stopOnContext() {
        if (!finishing && !ended) {
            on(services.runs.reload(row), this::stopIfMeant);
        }
    }

    private void stopIfMeant(@Nullable RunRow now) {
        if (finishing || ended) {
            return;
        }
        if (now == null) {
            abort();
            lost();
        } else if (now.run().status() != RunStatus.IN_PROGRESS) {
            abort();
            overtaken(now);
        }
    }

    private void abort() {
        finishing = true;
        pending.clear();
        ModelCall current = call;
        if (current != null) {
            current.abort();
        }
    }

    /** The run has been moved on by somebody else, and this worker's part of it ends with that. */
    private void overtaken(RunRow now) {
        row = now;
        RunStatus status = now.run().status();
        if (status == RunStatus.CANCELLING) {
            emitRun();
            endPartial(new RunEvent.Stopped(now.spent()), "run_cancelled");
        } else if (status == RunStatus.EXPIRED || status == RunStatus.CANCELLED) {
            endPartial(null, status == RunStatus.EXPIRED ? "run_expired" : "run_cancelled");
        } else {
            LOG.debugf("nothing left to do runId=%s status=%s", runId(), status.wire());
            letGo();
        }
    }

    private void endPartial(@Nullable RunEvent event, String reason) {
        Turn.Partial partial = turn.partial(reason);
        Run after = event == null ? row.run() : decided(event);
        long now = services.clock.instant().getEpochSecond();
        List<Message> messages = partial.message() == null ? List.of() : List.of(partial.message());
        OpenStep open = partial.step();
        List<OpenStep> steps =
                open == null
                        ? List.of()
                        : List.of(open.with(open.step().endedWith(after, now, open.spent())));
        Uni<Advance> written =
                event == null
                        ? services.runs.note(row, messages, steps)
                        : services.runs.advance(row, event, messages, steps);
        on(
                written,
                advance ->
                        moved(
                                advance,
                                ignored -> {
                                    String status = row.run().status().wire();
                                    steps.forEach(
                                            s ->
                                                    stream.emit(
                                                            "thread.run.step." + status, s.step()));
                                    messages.forEach(
                                            m -> stream.emit("thread.message.incomplete", m));
                                    emitRun();
                                    letGo();
                                }));
    }

    private Run decided(RunEvent event) {
        return RunLifecycle.decide(row.run(), event, services.clock.instant())
                        instanceof Decision.Move(var run, _)
                ? run
                : row.run();
    }

    /** Ends what a former worker left open, then goes on with the run as it is. */
    private void recover() {
        if (!stream.isStreamed()) {
            goOn();
            return;
        }
        on(
                Uni.createFrom()
                        .completionStage(stream::fence)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(fence -> readBack(fence.offset())),
                this::recovered);
    }

    private Recovery readBack(long fence) {
        try {
            return Recovery.of(
                    services.replay.read(
                            stream.partition(), runId(), row.run().createdAt(), fence));
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private void recovered(Recovery left) {
        long now = services.clock.instant().getEpochSecond();
        Message message = left.endedMessage(now);
        OpenStep step = left.endedStep(now);
        if (step == null) {
            goOn();
            return;
        }
        List<Message> messages = message == null ? List.of() : List.of(message);
        on(
                services.runs.note(row, messages, List.of(step)),
                advance ->
                        moved(
                                advance,
                                after -> {
                                    messages.forEach(
                                            m -> stream.emit("thread.message.incomplete", m));
                                    stream.emit("thread.run.step.failed", step.step());
                                    goOn();
                                }));
    }

    private void goOn() {
        if (row.run().status() == RunStatus.IN_PROGRESS) {
            ask();
        } else {
            finishing = true;
            overtaken(row);
        }
    }

    private void moved(Advance advance, Consumer<RunRow> then) {
        switch (advance) {
            case Advance.Moved(var after) -> {
                row = after;
                then.accept(after);
            }
            case Advance.Overtaken(var now) -> {
                abort();
                overtaken(now);
            }
            case Advance.Lost() -> {
                abort();
                lost();
            }
        }
    }

    private void lost() {
        LOG.infof("the run is not this worker's any more runId=%s epoch=%d", runId(), row.epoch());
        letGo();
    }

    private void letGo() {
        if (!ended) {
            ended = true;
            whenEnded.accept(this);
        }
    }

    private void emitRun() {
        stream.emit("thread.run." + row.run().status().wire(), StreamView.of(row.run()));
    }

    /** Runs the action on this hold's context when the result is there; outages are waited out. */
    private <T extends @Nullable Object> void on(Uni<T> result, Consumer<T> action) {
        var _ =
                result.onFailure(Outages::isOutage)
                        .retry()
                        .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                        .indefinitely()
                        .subscribe()
                        .with(
                                value -> context.runOnContext(ignored -> action.accept(value)),
                                failure -> context.runOnContext(ignored -> broken(failure)));
    }

    private void broken(Throwable failure) {
        LOG.errorf(failure, "a run cannot be carried on runId=%s", runId());
        boolean again = finishing;
        abort();
        if (again) {
            letGo();
        } else {
            conclude(turn.failed(RunError.server()));
        }
    }
}
