package dev.threadwell.toolworker.answering;

import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.persistence.tool.ToolSecrets;
import dev.threadwell.persistence.tool.WorkAttempts;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * Periodically answers overdue calls with a timeout, and deletes old calls, secrets and attempts.
 */
@ApplicationScoped
public class ExpiredCallSweep {

    private static final int BATCH = 100;
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration SOME_MINUTES = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final FunctionResults answers;
    private final PendingCalls calls;
    private final ToolSecrets secrets;
    private final WorkAttempts begun;
    private List<PeriodicJob> jobs = List.of();

    @Inject
    public ExpiredCallSweep(
            Vertx vertx,
            FunctionResults answers,
            PendingCalls calls,
            ToolSecrets secrets,
            WorkAttempts begun) {
        this.vertx = vertx;
        this.answers = answers;
        this.calls = calls;
        this.secrets = secrets;
        this.begun = begun;
    }

    void start(@Observes StartupEvent event) {
        jobs =
                List.of(
                        PeriodicJob.start(
                                vertx,
                                "give up calls",
                                A_SECOND,
                                PeriodicJob.batches(BATCH, () -> answers.giveUp(BATCH))),
                        PeriodicJob.start(
                                vertx,
                                "forget calls and secrets",
                                SOME_MINUTES,
                                PeriodicJob.batches(BATCH, this::tidy)));
    }

    void stop(@Observes ShutdownEvent event) {
        jobs.forEach(PeriodicJob::stop);
    }

    private Uni<Integer> tidy() {
        return calls.sweep(BATCH)
                .chain(over -> secrets.sweep(BATCH).map(unused -> Math.max(over, unused)))
                .chain(most -> begun.sweep(BATCH).map(old -> Math.max(most, old)));
    }
}
