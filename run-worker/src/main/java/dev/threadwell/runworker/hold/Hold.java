package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.Asking;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.Output;
import dev.threadwell.runworker.turn.Recovery;
import dev.threadwell.runworker.turn.Turn;
import dev.threadwell.runworker.turn.TurnEnd;
import dev.threadwell.store.HeldRuns.Advance;
import dev.threadwell.store.OpenStep;
import dev.threadwell.store.RunRow;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run in the hands of this worker, from its claim to the end of a turn. All of it happens on
 * one Vert.x context, so nothing here is locked. Whatever clients are shown as saved has been saved
 * before: while a save is under way, what comes after it waits in {@code pending}, and so does a
 * wish to stop. Whatever goes wrong, the run is let go of, once.
 */
final class Hold implements ModelCall.Listener {

    private static final Logger LOG = Logger.getLogger(Hold.class);

    private final HoldServices services;
    private final OwnContext context;
    private final Consumer<Hold> whenEnded;
    private final StreamWriter stream;
    private final Turn turn;
    private final Queue<Output> pending = new ArrayDeque<>();

    private RunRow row;
    private boolean saving;
    private boolean stopAsked;
    private boolean finishing;
    private boolean spent;
    private Runnable next = this::ask;
    private MemoryBudget.Share share;
    private int breakages;
    private @Nullable TurnEnd end;
    private @Nullable ModelCall call;

    Hold(RunRow row, HoldServices services, Context context, Consumer<Hold> whenEnded) {
        this.row = row;
        this.services = services;
        this.context = new OwnContext(context, this::broken);
        this.whenEnded = whenEnded;
        this.stream = StreamWriter.ofHolder(services.stream, row);
        this.share = services.memory.share();
        this.turn = new Turn(row.run(), services.clock);
    }

    String runId() {
        return row.run().id();
    }

    void begin(Beginning beginning) {
        context.later(
                () -> {
                    switch (beginning) {
                        case Beginning.Fresh fresh -> {
                            stream.emitRun(row);
                            share = fresh.call().share();
                            call = fresh.call().passedTo(this, turn::asked, this::ask);
                        }
                        case Beginning.ToolsAnswered(var step, var callId) -> {
                            stream.emitOutputs(step, callId);
                            stream.emitStep(row, step);
                            ask();
                        }
                        case Beginning.TakenOver _ -> recover();
                        case Beginning.Condemned(var error, var fresh) -> {
                            next = () -> finish(turn.failed(error));
                            if (fresh) {
                                stream.emitRun(row);
                            }
                            recover();
                        }
                    }
                });
    }

    private void ask() {
        context.on(services.asking(row, share), this::ask);
    }

    private void ask(Asking asking) {
        if (finishing) {
            return;
        }
        switch (asking) {
            case Asking.Request(var json, var sources) -> {
                turn.asked(sources);
                call = services.model.stream(row.run().model(), json, this);
            }
            case Asking.NothingLeft(var limit) ->
                    finish(new TurnEnd.CutShort(null, null, limit, Usage.NONE));
            case Asking.Failed(var error) -> finish(turn.failed(error));
        }
    }

    @Override
    public void on(ModelEvent event) {
        unlessFinishing(
                () -> {
                    pending.addAll(turn.on(event));
                    drain();
                });
    }

    @Override
    public void ended() {
        unlessFinishing(
                () -> {
                    Turn.Ending ending = turn.end();
                    pending.addAll(ending.shown());
                    finish(ending.end());
                });
    }

    @Override
    public void failed(ModelFailure failure) {
        unlessFinishing(
                () -> {
                    LOG.infof("the model failed runId=%s code=%s", runId(), failure.error().code());
                    finish(turn.failed(failure.error()));
                });
    }

    private void unlessFinishing(Runnable action) {
        context.now(
                () -> {
                    if (!finishing) {
                        action.run();
                    }
                });
    }

    private void drain() {
        while (!saving && !pending.isEmpty()) {
            switch (pending.remove()) {
                case Output.Emit(var name, var data) -> stream.emit(name, data);
                case Output.Save(var message, var step) -> save(message, step);
            }
        }
        TurnEnd reached = end;
        if (!saving && reached != null) {
            end = null;
            conclude(reached);
        } else if (!saving && stopAsked) {
            look();
        }
    }

    private void save(Message message, OpenStep step) {
        saving = true;
        context.on(
                services.runs.note(row, List.of(message), List.of(step)),
                advance -> {
                    switch (advance) {
                        case Advance.Moved(var after) -> {
                            row = after;
                            saving = false;
                            drain();
                        }
                        case Advance.Overtaken(var now) -> {
                            // What was said before the run was stopped is saved all the same.
                            row = now;
                            stopAsked = true;
                            save(message, step);
                        }
                        case Advance.Lost() -> lost();
                    }
                });
    }

    private void finish(TurnEnd reached) {
        finishing = true;
        end = reached;
        drain();
    }

    private void conclude(TurnEnd reached) {
        spend(reached.usage());
        if (reached instanceof TurnEnd.Called called && !called.builtIns().isEmpty()) {
            // Whoever answers the calls may write at once, and must be behind this writer.
            stream.handOver();
            then(
                    services.runs.suspend(
                            row,
                            called.messages(),
                            called.steps(),
                            ToolRequests.facts(row, called)),
                    () -> {
                        stream.emitAll(called.shownWhenSaved());
                        letGo();
                    });
        } else {
            close(Closing.of(reached, row.spent()));
        }
    }

    private void spend(Usage usage) {
        if (!spent) {
            spent = true;
            row = row.spending(usage);
        }
    }

    /** Saves everything at once, then shows the ends of message, step and run. */
    private void close(Closing closing) {
        then(
                services.runs.advance(row, closing.event(), closing.messages(), closing.steps()),
                () -> {
                    closing.show(row, stream);
                    stream.emitRun(row);
                    letGo();
                });
    }

    /** Something from outside ends this run: a cancel, its expiry, or the end of its thread. */
    void stop() {
        context.later(
                () -> {
                    stopAsked = true;
                    drain();
                });
    }

    private void look() {
        stopAsked = false;
        if (!finishing) {
            context.on(services.runs.reload(row), this::stopIfMeant);
        }
    }

    private void stopIfMeant(@Nullable RunRow now) {
        if (finishing) {
            return;
        }
        if (saving) {
            stopAsked = true;
        } else if (now == null) {
            lost();
        } else if (now.run().status() != RunStatus.IN_PROGRESS) {
            overtaken(now);
        }
    }

    private void abort() {
        finishing = true;
        end = null;
        pending.clear();
        if (call != null) {
            call.abort();
        }
    }

    /** The run has been moved on by somebody else, and this worker's part of it ends with that. */
    private void overtaken(RunRow now) {
        abort();
        row = now;
        RunStatus status = now.run().status();
        if (status == RunStatus.CANCELLING) {
            stream.emitRun(row);
            endPartial(new RunEvent.Stopped(now.spent()), "run_cancelled");
        } else if (status == RunStatus.EXPIRED || status == RunStatus.CANCELLED) {
            endPartial(null, status == RunStatus.EXPIRED ? "run_expired" : "run_cancelled");
        } else {
            letGo();
        }
    }

    private void endPartial(@Nullable RunEvent event, String reason) {
        Turn.Partial partial = turn.partial(reason);
        List<Message> messages = partial.message() == null ? List.of() : List.of(partial.message());
        List<OpenStep> steps =
                Closing.endedWith(row.run(), event, partial.step(), services.clock.instant());
        Uni<Advance> written =
                event == null
                        ? services.runs.note(row, messages, steps)
                        : services.runs.advance(row, event, messages, steps);
        then(
                written,
                () -> {
                    steps.forEach(s -> stream.emitStep(row, s.step()));
                    messages.forEach(stream::emitMessage);
                    stream.emitRun(row);
                    letGo();
                });
    }

    /** Ends what a former worker left open, then goes on with the run as it is. */
    private void recover() {
        saving = true;
        context.on(
                new Takeover(services, stream).left(row),
                left -> {
                    switch (left) {
                        case Takeover.Left.Nothing() -> goOn();
                        case Takeover.Left.Unsaved(var seen) -> endSeen(seen);
                        case Takeover.Left.Saved saved -> {
                            saved.show(row, stream);
                            goOn();
                        }
                    }
                });
    }

    private void endSeen(Recovery seen) {
        long now = services.clock.instant().getEpochSecond();
        List<Message> messages = Stream.ofNullable(seen.endedMessage(now)).toList();
        List<OpenStep> steps = Stream.ofNullable(seen.endedStep(now)).toList();
        context.on(
                services.runs.note(row, messages, steps),
                advance -> {
                    switch (advance) {
                        case Advance.Moved(var after) -> {
                            row = after;
                            messages.forEach(stream::emitMessage);
                            steps.forEach(s -> stream.emitStep(row, s.step()));
                            goOn();
                        }
                        case Advance.Overtaken(var other) -> {
                            row = other;
                            endSeen(seen);
                        }
                        case Advance.Lost() -> lost();
                    }
                });
    }

    private void goOn() {
        saving = false;
        if (row.run().status() == RunStatus.IN_PROGRESS) {
            next.run();
            drain();
        } else {
            overtaken(row);
        }
    }

    private void then(Uni<Advance> write, Runnable action) {
        context.on(
                write,
                advance -> {
                    switch (advance) {
                        case Advance.Moved(var after) -> {
                            row = after;
                            action.run();
                        }
                        case Advance.Overtaken(var now) -> overtaken(now);
                        case Advance.Lost() -> lost();
                    }
                });
    }

    private void lost() {
        abort();
        LOG.infof("the run is not this worker's any more runId=%s epoch=%d", runId(), row.epoch());
        letGo();
    }

    private void letGo() {
        if (context.close()) {
            share.close();
            whenEnded.accept(this);
        }
    }

    /** The run fails; if even that cannot be saved as it should, then without what was said. */
    private void broken(Throwable failure) {
        LOG.errorf(failure, "a run cannot be carried on runId=%s", runId());
        abort();
        saving = false;
        if (++breakages == 1) {
            context.now(() -> conclude(turn.failed(RunError.server())));
        } else if (breakages == 2) {
            context.now(
                    () -> conclude(new TurnEnd.Failed(null, null, RunError.server(), Usage.NONE)));
        } else {
            letGo();
        }
    }
}
