package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.ClaimedRuns.Advance;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.runworker.execution.ExecutionEvent.EndSaved;
import dev.threadwell.runworker.execution.ExecutionEvent.LeaseLost;
import dev.threadwell.runworker.execution.ExecutionEvent.MessageSaved;
import dev.threadwell.runworker.execution.ExecutionEvent.ModelEnded;
import dev.threadwell.runworker.execution.ExecutionEvent.Overtaken;
import dev.threadwell.runworker.execution.ExecutionEvent.SaveOvertaken;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.prompt.MemoryBudget;
import dev.threadwell.runworker.stream.StreamWriter;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.Turn;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executes one turn of a run, from the claim to its end: performs the effects of {@link
 * ExecutionLifecycle}, and feeds their results back as events. Everything runs on one Vert.x
 * context, so no locks are needed. The end of a message, step or run is published only after it has
 * been saved. The run is released exactly once, even after a failure.
 */
final class RunExecution implements ModelCall.Listener {

    private static final Logger LOG = Logger.getLogger(RunExecution.class);

    private final ExecutionPorts ports;
    private final SerialContext context;
    private final Consumer<RunExecution> whenReleased;
    private final StreamWriter stream;
    private final Turn turn;
    private final MemoryBudget.Share share;
    private final TurnTrace trace;
    private final List<ExecutionEffect> firstEffects;

    private ExecutionState state;
    private RunRow row;
    private @Nullable ModelCall call;

    /** When a worker was requested for a run whose first token has not come yet. */
    private @Nullable Instant awaitedSince;

    RunExecution(
            RunRow row,
            StartReason reason,
            @Nullable String cause,
            ExecutionPorts ports,
            Context context,
            Consumer<RunExecution> whenReleased) {
        this.row = row;
        this.ports = ports;
        this.context = new SerialContext(context, this::broken);
        this.whenReleased = whenReleased;
        this.stream = ports.streams().ofHolder(row);
        this.turn = new Turn(row.run(), ports.clock());
        this.share =
                reason instanceof StartReason.Fresh(var sampling)
                        ? sampling.share()
                        : ports.prompts().share();
        this.awaitedSince =
                reason instanceof StartReason.Fresh(var sampling) ? sampling.requested() : null;
        this.trace =
                reason instanceof StartReason.Fresh(var sampling)
                        ? sampling.trace()
                        : TurnTrace.begin(ports.tracing(), row, reason.word(), cause);
        Transition start = ExecutionLifecycle.start(reason);
        this.state = start.state();
        this.firstEffects = start.effects();
    }

    String runId() {
        return row.run().id();
    }

    /** Starts the turn. */
    void start() {
        context.later(() -> firstEffects.forEach(this::perform));
    }

    /**
     * Requests the end of this run, after a cancellation, its expiry, or the deletion of its
     * thread.
     */
    void stop() {
        context.later(() -> take(new ExecutionEvent.StopRequested()));
    }

    @Override
    public void on(ModelEvent event) {
        whileListening(
                () -> {
                    if (awaitedSince != null) {
                        ports.metrics().firstToken(awaitedSince, ports.clock().instant());
                        awaitedSince = null;
                    }
                    take(new ExecutionEvent.Said(turn.on(event)));
                });
    }

    @Override
    public void ended() {
        whileListening(
                () -> {
                    Turn.Ending ending = turn.end();
                    take(new ModelEnded(ending.shown(), ending.end()));
                });
    }

    @Override
    public void failed(ModelFailure failure) {
        whileListening(
                () -> {
                    LOG.infof("the model failed runId=%s code=%s", runId(), failure.error().code());
                    take(new ModelEnded(List.of(), turn.failed(failure.error())));
                });
    }

    /**
     * Runs the action only while model events are accepted: a turn must not be called after its
     * end.
     */
    private void whileListening(Runnable action) {
        context.now(
                () -> {
                    if (state.listens()) {
                        action.run();
                    }
                });
    }

    private void take(ExecutionEvent event) {
        Transition next = ExecutionLifecycle.next(state, event);
        state = next.state();
        next.effects().forEach(this::perform);
    }

    private void perform(ExecutionEffect effect) {
        switch (effect) {
            case ExecutionEffect.ShowRun _ -> stream.emitRun(row);
            case ExecutionEffect.ShowToolAnswer(var step, var callId) -> {
                stream.emitOutputs(step, callId);
                stream.emitStep(row, step);
            }
            case ExecutionEffect.Recover _ -> recover();
            case ExecutionEffect.AssemblePrompt _ ->
                    context.on(
                            ports.prompts().assembled(row, share),
                            result -> take(new ExecutionEvent.PromptAssembled(result)));
            case ExecutionEffect.JoinSampling(var sampling) -> join(sampling);
            case ExecutionEffect.Sample(var request) -> {
                turn.asked(request.sources());
                call = trace.ask(ports.model(), row.run(), request.json(), this);
            }
            case ExecutionEffect.Show(var event) -> stream.emit(event.name(), event.data());
            case ExecutionEffect.Save(var output) -> save(output);
            case ExecutionEffect.Recheck _ ->
                    context.on(
                            ports.store().reload(row),
                            now -> take(new ExecutionEvent.Rechecked(now)));
            case ExecutionEffect.AbortSampling _ -> {
                if (call != null) {
                    call.abort();
                }
            }
            case ExecutionEffect.Conclude(var end, var recordUsage) -> conclude(end, recordUsage);
            case ExecutionEffect.Fail(var error, var recordUsage) ->
                    conclude(turn.failed(error), recordUsage);
            case ExecutionEffect.EndPartially(var now) -> {
                row = now;
                commit(TurnCommit.ofEnded(row, turn, ports.clock().instant()));
            }
            case ExecutionEffect.Release(var lost) -> release(lost);
        }
    }

    private void recover() {
        new LeftoverTurn(ports, context, stream)
                .end(
                        row,
                        after -> {
                            row = after;
                            take(new ExecutionEvent.Recovered(after));
                        },
                        () -> take(new LeaseLost()));
    }

    private void join(SpeculativeSampling sampling) {
        call = sampling;
        sampling.attach(
                this,
                sources ->
                        context.now(
                                () -> {
                                    turn.asked(sources);
                                    take(new ExecutionEvent.ModelAsked());
                                }),
                () -> context.now(() -> take(new ExecutionEvent.ModelNotAsked())));
    }

    private void save(TurnOutput.Save output) {
        written(
                ports.store().note(row, List.of(output.message()), List.of(output.step())),
                () -> take(new MessageSaved()),
                now -> {
                    row = now;
                    take(new SaveOvertaken(output));
                });
    }

    /** Continues after a write: the run has moved, another change was faster, or it is lost. */
    private void written(Uni<Advance> write, Runnable moved, Consumer<RunRow> overtaken) {
        context.on(
                write,
                advance -> {
                    switch (advance) {
                        case Advance.Moved(var after) -> {
                            row = after;
                            moved.run();
                        }
                        case Advance.Overtaken(var now) -> overtaken.accept(now);
                        case Advance.Lost _ -> take(new LeaseLost());
                    }
                });
    }

    private void conclude(TurnResult end, boolean recordUsage) {
        if (recordUsage) {
            row = row.spending(end.usage());
            ports.metrics().spent(row.run().model(), end.usage());
        }
        commit(TurnCommit.of(end, row.spent(), trace.context()));
    }

    private void commit(TurnCommit commit) {
        commit.showBefore(row, stream);
        written(
                commit.write(ports.store(), row),
                () -> {
                    commit.showSaved(row, stream);
                    take(new EndSaved());
                },
                now -> take(new Overtaken(now)));
    }

    private void release(boolean lost) {
        if (lost) {
            LOG.infof("another worker has the run runId=%s epoch=%d", runId(), row.epoch());
        }
        if (context.close()) {
            share.close();
            trace.ended(row, lost);
            whenReleased.accept(this);
        }
    }

    private void broken(Throwable failure) {
        LOG.errorf(failure, "a run cannot be carried on runId=%s", runId());
        context.now(() -> take(new ExecutionEvent.Broken()));
    }
}
