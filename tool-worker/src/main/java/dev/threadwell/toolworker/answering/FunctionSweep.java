package dev.threadwell.toolworker.answering;

import dev.threadwell.store.BegunWork;
import dev.threadwell.store.OpenCalls;
import dev.threadwell.store.ToolSecrets;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Ends what is over: calls that nobody answered in time, and what nobody needs any more. */
@ApplicationScoped
public class FunctionSweep {

    private static final Logger LOG = Logger.getLogger(FunctionSweep.class);
    private static final int BATCH = 100;
    private static final long A_SECOND = 1_000;
    private static final long SOME_MINUTES = 300_000;

    private final Vertx vertx;
    private final FunctionAnswers answers;
    private final OpenCalls calls;
    private final ToolSecrets secrets;
    private final BegunWork begun;
    private volatile boolean stopped;

    @Inject
    public FunctionSweep(
            Vertx vertx,
            FunctionAnswers answers,
            OpenCalls calls,
            ToolSecrets secrets,
            BegunWork begun) {
        this.vertx = vertx;
        this.answers = answers;
        this.calls = calls;
        this.secrets = secrets;
        this.begun = begun;
    }

    void start(@Observes StartupEvent event) {
        again(A_SECOND, () -> answers.giveUp(BATCH), 0);
        again(SOME_MINUTES, this::tidy, 0);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private Uni<Integer> tidy() {
        return calls.sweep(BATCH)
                .chain(over -> secrets.sweep(BATCH).map(unused -> Math.max(over, unused)))
                .chain(most -> begun.sweep(BATCH).map(old -> Math.max(most, old)));
    }

    /** Looks after a pause; after a full batch at once, for there is more. */
    private void again(long pause, Supplier<Uni<Integer>> look, int found) {
        if (!stopped) {
            vertx.setTimer(
                    found >= BATCH ? 1 : pause,
                    _ ->
                            look.get()
                                    .subscribe()
                                    .with(
                                            more -> again(pause, look, more),
                                            why -> failed(pause, look, why)));
        }
    }

    private void failed(long pause, Supplier<Uni<Integer>> look, Throwable why) {
        if (!stopped) {
            LOG.warnf("calls have to wait for their sweep reason=%s", why.getMessage());
        }
        again(pause, look, 0);
    }
}
