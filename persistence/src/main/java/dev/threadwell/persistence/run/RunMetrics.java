package dev.threadwell.persistence.run;

import dev.threadwell.platform.metrics.Buckets;
import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The metrics of the life of runs: created, taken over, ended. Each change is counted by the
 * process that has committed it.
 */
@Startup
@ApplicationScoped
public class RunMetrics {

    /** Why a run has ended, as far as its status does not say it. */
    private static final String NO_REASON = "none";

    private static final Map<RunStatus, LabelValues> REASONS =
            Map.of(
                    RunStatus.COMPLETED, LabelValues.of(List.of(NO_REASON)),
                    RunStatus.CANCELLED, LabelValues.of(List.of(NO_REASON)),
                    RunStatus.EXPIRED, LabelValues.of(List.of(NO_REASON)),
                    RunStatus.FAILED,
                            LabelValues.of(
                                    List.of(
                                            "server_error",
                                            "rate_limit_exceeded",
                                            "invalid_prompt")),
                    RunStatus.INCOMPLETE,
                            LabelValues.of(List.of("max_completion_tokens", "max_prompt_tokens")));

    private final InstantSource clock;
    private final Counter created;
    private final Counter takenOver;
    private final Timer duration;
    private final Map<RunStatus, LabelledCounters> ended = new EnumMap<>(RunStatus.class);

    @Inject
    public RunMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        created =
                Counter.builder("threadwell.runs.created")
                        .description("Runs that were created.")
                        .register(registry);
        takenOver =
                Counter.builder("threadwell.run.takeovers")
                        .description("Runs that were taken from a worker whose lease ran out.")
                        .register(registry);
        duration =
                Timer.builder("threadwell.run.duration")
                        .description("From the creation of a run, in whole seconds, to its end.")
                        .serviceLevelObjectives(Buckets.LONG.bounds())
                        .register(registry);
        REASONS.forEach(
                (status, reasons) ->
                        ended.put(
                                status,
                                LabelledCounters.register(
                                        registry,
                                        "threadwell.runs.ended",
                                        "Runs that have ended.",
                                        Tags.of("status", status.wire()),
                                        "reason",
                                        reasons)));
    }

    void created() {
        created.increment();
    }

    /** Counts what this change of a run means; the caller has committed it. */
    void changed(RunRow before, RunRow after) {
        RunStatus status = after.run().status();
        if (!status.isActive()) {
            if (before.run().status().isActive()) {
                ended(after.run());
            }
        } else if (before.worker() != null
                && after.worker() == null
                && after.epoch() > before.epoch()) {
            takenOver.increment();
        }
    }

    private void ended(Run run) {
        Objects.requireNonNull(ended.get(run.status())).count(reason(run));
        Duration took = Duration.between(Instant.ofEpochSecond(run.createdAt()), clock.instant());
        duration.record(took.isNegative() ? Duration.ZERO : took);
    }

    private static String reason(Run run) {
        return switch (run.status()) {
            case FAILED -> run.lastError() == null ? LabelValues.OTHER : run.lastError().code();
            case INCOMPLETE ->
                    run.incompleteDetails() == null
                            ? LabelValues.OTHER
                            : run.incompleteDetails().reason();
            default -> NO_REASON;
        };
    }
}
