package dev.threadwell.runworker.execution;

import dev.threadwell.platform.metrics.Buckets;
import dev.threadwell.platform.metrics.ModelLabel;
import dev.threadwell.run.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of the runs that this worker executes: what they wait for, and what they take. */
@Startup
@ApplicationScoped
public class ExecutionMetrics {

    private final ModelLabel models;
    private final Timer claimed;
    private final Timer firstToken;
    private final Timer turn;
    private final AtomicInteger executing;
    private final AtomicInteger places;
    private final Map<String, Tokens> tokens = new HashMap<>();

    private record Tokens(Counter input, Counter cached, Counter output, Counter reasoning) {}

    @Inject
    public ExecutionMetrics(MeterRegistry registry, ModelLabel models) {
        this.models = models;
        claimed =
                Timer.builder("threadwell.run.claim.wait")
                        .description("From the request for a worker to the claim of the run.")
                        .serviceLevelObjectives(Buckets.PROMPT.bounds())
                        .register(registry);
        firstToken =
                Timer.builder("threadwell.run.first.token")
                        .description("From the request for a worker to the first token.")
                        .serviceLevelObjectives(Buckets.PROMPT.bounds())
                        .register(registry);
        turn =
                Timer.builder("threadwell.run.turn")
                        .description("From the claim of a run to its release.")
                        .serviceLevelObjectives(Buckets.LONG.bounds())
                        .register(registry);
        executing = gauge(registry, "threadwell.runs.executing", "Runs that this worker executes.");
        places = gauge(registry, "threadwell.run.places", "Runs that it executes at most.");
        models.all().forEach(model -> tokens.put(model, tokens(registry, model)));
    }

    /** Metrics that nobody reads. */
    static ExecutionMetrics unread() {
        return new ExecutionMetrics(new SimpleMeterRegistry(), new ModelLabel(List.of()));
    }

    private static AtomicInteger gauge(MeterRegistry registry, String name, String what) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(name, value, AtomicInteger::get)
                .description(what)
                .strongReference(true)
                .register(registry);
        return value;
    }

    private static Tokens tokens(MeterRegistry registry, String model) {
        return new Tokens(
                tokens(registry, model, "input"),
                tokens(registry, model, "cached_input"),
                tokens(registry, model, "output"),
                tokens(registry, model, "reasoning"));
    }

    private static Counter tokens(MeterRegistry registry, String model, String direction) {
        return Counter.builder("threadwell.tokens")
                .description("Tokens that runs were charged.")
                .tag("model", model)
                .tag("direction", direction)
                .register(registry);
    }

    /** Says how many runs this worker executes at most. */
    void places(int most) {
        places.set(most);
    }

    void started() {
        executing.incrementAndGet();
    }

    /** Counts the release of a run that was started then, by {@link System#nanoTime}. */
    void released(long since) {
        executing.decrementAndGet();
        turn.record(Duration.ofNanos(System.nanoTime() - since));
    }

    /** Counts the claim of a run that was requested then. */
    public void claimed(Instant requested, Instant now) {
        claimed.record(between(requested, now));
    }

    void firstToken(Instant requested, Instant now) {
        firstToken.record(between(requested, now));
    }

    /** The clocks of two machines may differ. */
    private static Duration between(Instant requested, Instant now) {
        Duration waited = Duration.between(requested, now);
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    void spent(String model, Usage usage) {
        Tokens counters = Objects.requireNonNull(tokens.get(models.of(model)));
        counters.input().increment(usage.promptTokens());
        counters.cached().increment(usage.cachedTokens());
        counters.output().increment(usage.completionTokens());
        counters.reasoning().increment(usage.reasoningTokens());
    }
}
