package dev.threadwell.runworker.hold;

import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.Asking;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.Sources;
import dev.threadwell.store.RunRow;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The first sampling of a run, asked for along with the claim: most claims succeed, and the model
 * need not wait for the commit. What it says is kept until the run is ours; if it is not, the call
 * is aborted and nothing has happened. All of it happens on the run's own Vert.x context.
 */
public final class EarlyCall implements ModelCall, ModelCall.Listener {

    private static final Logger LOG = Logger.getLogger(EarlyCall.class);

    private final Context context;
    private final RunRow run;
    private final HoldServices services;
    private final MemoryBudget.Share share;
    private final Queue<Consumer<Listener>> heard = new ArrayDeque<>();
    private @Nullable Listener listener;
    private @Nullable Runnable otherwise;
    private @Nullable Consumer<Sources> whenAsked;
    private @Nullable Sources sources;
    private @Nullable ModelCall call;
    private boolean unanswered;
    private boolean over;

    EarlyCall(Context context, RunRow run, HoldServices services) {
        this.context = context;
        this.run = run;
        this.services = services;
        this.share = services.memory.share();
    }

    void ask() {
        var _ =
                services.asking(run, share)
                        .subscribe()
                        .with(
                                asking -> onContext(() -> ask(asking)),
                                failure -> onContext(this::giveUp));
    }

    private void ask(Asking asking) {
        if (over) {
            return;
        }
        try {
            switch (asking) {
                case Asking.Request(var json, var known) -> {
                    sources = known;
                    if (whenAsked != null) {
                        whenAsked.accept(known);
                    }
                    call = services.model.stream(run.run().model(), json, this);
                }
                // The holder finds the same, and ends the run with it.
                case Asking.NothingLeft _, Asking.Failed _ -> giveUp();
            }
        } catch (RuntimeException e) {
            // The holder meets the same failure when it asks anew, and ends the run with it.
            LOG.debugf("the early call failed runId=%s reason=%s", run.run().id(), e);
            giveUp();
        }
    }

    private void giveUp() {
        unanswered = true;
        if (otherwise != null && !over) {
            otherwise.run();
        }
    }

    /** The run is not ours. */
    public void abandon() {
        onContext(this::abort);
    }

    Context context() {
        return context;
    }

    /** What the prompt has reserved; whoever takes the call on closes it. */
    MemoryBudget.Share share() {
        return share;
    }

    /**
     * Passes on all that was heard, and all that will be, by a caller on the context.
     *
     * @param asked is told, before anything is heard, what the answer can refer to
     * @param orElse asks anew, if the early call did not come about
     */
    ModelCall passedTo(Listener holder, Consumer<Sources> asked, Runnable orElse) {
        if (sources == null) {
            whenAsked = asked;
        } else {
            asked.accept(sources);
        }
        listener = holder;
        otherwise = orElse;
        if (unanswered) {
            orElse.run();
        }
        while (!over && !heard.isEmpty()) {
            heard.remove().accept(holder);
        }
        return this;
    }

    @Override
    public void on(ModelEvent event) {
        hear(holder -> holder.on(event));
    }

    @Override
    public void ended() {
        hear(Listener::ended);
    }

    @Override
    public void failed(ModelFailure failure) {
        hear(holder -> holder.failed(failure));
    }

    private void hear(Consumer<Listener> news) {
        if (over) {
            return;
        }
        Listener holder = listener;
        if (holder == null) {
            heard.add(news);
        } else {
            news.accept(holder);
        }
    }

    @Override
    public void abort() {
        over = true;
        share.close();
        heard.clear();
        ModelCall current = call;
        if (current != null) {
            current.abort();
        }
    }

    private void onContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }
}
