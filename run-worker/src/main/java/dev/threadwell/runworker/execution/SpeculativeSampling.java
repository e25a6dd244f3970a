package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.Epoch;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.prompt.MemoryBudget;
import dev.threadwell.runworker.turn.CitationSources;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.PromptResult;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The first sampling of a run, started along with the claim: most claims succeed, so the model call
 * need not wait for the commit. The model's events are buffered until an execution attaches itself;
 * if the claim fails, the call is aborted and has no effect. Everything runs on the run's own
 * Vert.x context.
 */
public final class SpeculativeSampling implements ModelCall, ModelCall.Listener {

    private static final Logger LOG = Logger.getLogger(SpeculativeSampling.class);

    private final Context context;
    private final RunRow run;
    private final Instant requested;
    private final ExecutionPorts ports;
    private final MemoryBudget.Share share;
    private final String word;
    private final TurnTrace trace;
    private final Queue<Consumer<Listener>> buffered = new ArrayDeque<>();
    private @Nullable Listener listener;
    private @Nullable Runnable whenNotAsked;
    private @Nullable Consumer<CitationSources> whenAsked;
    private @Nullable CitationSources sources;
    private @Nullable ModelCall call;
    private boolean notAsked;
    private boolean over;

    /**
     * Creates a sampling that has not started.
     *
     * @param requested when a worker was requested for the run
     * @param cause the context of the span that requested the run, if it is traced
     */
    SpeculativeSampling(
            Context context,
            RunRow run,
            Instant requested,
            ExecutionPorts ports,
            @Nullable String cause) {
        this.context = context;
        this.run = run;
        this.requested = requested;
        this.ports = ports;
        this.share = ports.prompts().share();
        this.word = run.epoch() == Epoch.UNCLAIMED ? StartReason.QUEUED : StartReason.SUBMITTED;
        this.trace = TurnTrace.begin(ports.tracing(), run, word, cause);
    }

    /** Assembles the prompt and starts the model call. */
    void start() {
        var _ =
                ports.prompts()
                        .assembled(run, share)
                        .subscribe()
                        .with(
                                result -> onContext(() -> ask(result)),
                                failure -> onContext(this::giveUp));
    }

    private void ask(PromptResult result) {
        if (over) {
            return;
        }
        try {
            switch (result) {
                case PromptResult.Request(var json, var known) -> {
                    sources = known;
                    if (whenAsked != null) {
                        whenAsked.accept(known);
                    }
                    call = trace.ask(ports.model(), run.run(), json, this);
                }
                // The execution assembles the prompt again, gets the same result, and ends the run
                // with it.
                case PromptResult.NothingLeft _, PromptResult.Failed _ -> giveUp();
            }
        } catch (RuntimeException e) {
            // The execution tries again, meets the same failure, and ends the run with it.
            LOG.debugf("the speculative sampling failed runId=%s reason=%s", run.run().id(), e);
            giveUp();
        }
    }

    private void giveUp() {
        notAsked = true;
        if (whenNotAsked != null && !over) {
            whenNotAsked.run();
        }
    }

    /** Aborts the call, because the run was not claimed or the sampling is not used. */
    public void abandon() {
        onContext(
                () -> {
                    abort();
                    trace.notClaimed();
                });
    }

    /** The trace of the turn that this is the beginning of. */
    TurnTrace trace() {
        return trace;
    }

    /** Why the run was queued, in the word of traces. */
    String word() {
        return word;
    }

    Context context() {
        return context;
    }

    Instant requested() {
        return requested;
    }

    /** The memory that the prompt has reserved; the execution that attaches itself closes it. */
    MemoryBudget.Share share() {
        return share;
    }

    /**
     * Passes all buffered and all later events to this listener. The caller has to be on the
     * context.
     *
     * @param asked receives, before the first event, the sources that the answer can cite
     * @param orElse is run if the model call could not be started
     */
    ModelCall attach(Listener execution, Consumer<CitationSources> asked, Runnable orElse) {
        if (sources == null) {
            whenAsked = asked;
        } else {
            asked.accept(sources);
        }
        listener = execution;
        whenNotAsked = orElse;
        if (notAsked) {
            orElse.run();
        }
        while (!over && !buffered.isEmpty()) {
            buffered.remove().accept(execution);
        }
        return this;
    }

    @Override
    public void on(ModelEvent event) {
        hear(execution -> execution.on(event));
    }

    @Override
    public void ended() {
        hear(Listener::ended);
    }

    @Override
    public void failed(ModelFailure failure) {
        hear(execution -> execution.failed(failure));
    }

    private void hear(Consumer<Listener> news) {
        if (over) {
            return;
        }
        Listener execution = listener;
        if (execution == null) {
            buffered.add(news);
        } else {
            news.accept(execution);
        }
    }

    @Override
    public void abort() {
        over = true;
        share.close();
        buffered.clear();
        ModelCall current = call;
        if (current != null) {
            current.abort();
        }
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
