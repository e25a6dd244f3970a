package dev.threadwell.runworker.model;

import dev.threadwell.platform.metrics.Buckets;
import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import dev.threadwell.platform.metrics.ModelLabel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The metrics of requests to the model provider. */
@Startup
@ApplicationScoped
public class ModelMetrics {

    private static final LabelValues OUTCOMES =
            LabelValues.of(
                    List.of(
                            "answered",
                            "aborted",
                            "asked_otherwise",
                            "invalid_prompt",
                            "rate_limit_exceeded",
                            "server_error"));

    private final ModelLabel models;
    private final Map<String, OfModel> byModel = new HashMap<>();

    @Inject
    public ModelMetrics(MeterRegistry registry, ModelLabel models) {
        this.models = models;
        models.all().forEach(model -> byModel.put(model, new OfModel(registry, model)));
    }

    /** Metrics that nobody reads. */
    static ModelMetrics unread() {
        return new ModelMetrics(new SimpleMeterRegistry(), new ModelLabel(List.of()));
    }

    /** The metrics of requests to this model. */
    OfModel of(String model) {
        return Objects.requireNonNull(byModel.get(models.of(model)));
    }

    /** The metrics of the requests to one model, or to all those without series of their own. */
    static final class OfModel {

        private final LabelledCounters first;
        private final LabelledCounters repeated;
        private final Timer firstToken;
        private final Timer whole;

        OfModel(MeterRegistry registry, String model) {
            first = requests(registry, model, "false");
            repeated = requests(registry, model, "true");
            firstToken =
                    Timer.builder("threadwell.model.first.token")
                            .description("From a request to the model to the first token.")
                            .tag("model", model)
                            .serviceLevelObjectives(Buckets.PROMPT.bounds())
                            .register(registry);
            whole =
                    Timer.builder("threadwell.model.request.duration")
                            .description("From a request to the model to the end of its answer.")
                            .tag("model", model)
                            .serviceLevelObjectives(Buckets.LONG.bounds())
                            .register(registry);
        }

        private static LabelledCounters requests(
                MeterRegistry registry, String model, String retry) {
            return LabelledCounters.register(
                    registry,
                    "threadwell.model.requests",
                    "Requests to the model provider, by how they ended.",
                    Tags.of("model", model, "retry", retry),
                    "outcome",
                    OUTCOMES);
        }

        /**
         * Counts the end of a request.
         *
         * @param attempt its number, from 1
         * @param nanos how long it took
         */
        void ended(String outcome, int attempt, long nanos) {
            (attempt > 1 ? repeated : first).count(outcome);
            whole.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }

        void begun(long nanos) {
            firstToken.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
    }
}
