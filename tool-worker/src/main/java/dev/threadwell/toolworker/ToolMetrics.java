package dev.threadwell.toolworker;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.metrics.Buckets;
import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The metrics of the tool calls that this worker executes. */
@Startup
@ApplicationScoped
public class ToolMetrics {

    /** How a call has ended. */
    enum Outcome {
        /** The tool has answered, be it that the call was wrong. */
        ANSWERED,
        /** The tool failed, for a reason of ours or of its provider. */
        FAILED,
        /** Three workers have died with the call. */
        BROKEN_WORKERS,
        /** The run was cancelled. */
        CANCELLED,
        /** This worker knows no such tool. */
        UNKNOWN_TOOL,
        /** The worker stops, and another one gets the call. */
        LEFT_TO_ANOTHER;

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private record OfTool(LabelledCounters calls, Timer duration) {}

    private final LabelValues kinds =
            LabelValues.of(
                    ToolKind.ALL.stream()
                            .filter(kind -> !ToolKind.NEVER_CALLED.contains(kind))
                            .map(ToolKind::name)
                            .toList());
    private final Map<String, OfTool> byKind = new HashMap<>();
    private final AtomicInteger executing = new AtomicInteger();

    @Inject
    public ToolMetrics(MeterRegistry registry) {
        LabelValues outcomes =
                LabelValues.of(Stream.of(Outcome.values()).map(one -> one.label).toList());
        kinds.all().forEach(kind -> byKind.put(kind, of(registry, kind, outcomes)));
        Gauge.builder("threadwell.tool.calls.executing", executing, AtomicInteger::get)
                .description("Tool calls that this worker executes.")
                .register(registry);
    }

    /** Metrics that nobody reads. */
    static ToolMetrics unread() {
        return new ToolMetrics(new SimpleMeterRegistry());
    }

    private static OfTool of(MeterRegistry registry, String kind, LabelValues outcomes) {
        return new OfTool(
                LabelledCounters.register(
                        registry,
                        "threadwell.tool.calls",
                        "Tool calls, by how they ended.",
                        Tags.of("tool", kind),
                        "outcome",
                        outcomes),
                Timer.builder("threadwell.tool.call.duration")
                        .description("From the beginning of a tool call to its answer.")
                        .tag("tool", kind)
                        .serviceLevelObjectives(Buckets.LONG.bounds())
                        .register(registry));
    }

    void begun() {
        executing.incrementAndGet();
    }

    /** Counts the end of a call that began then, by {@link System#nanoTime}. */
    void ended(ToolKind kind, Outcome outcome, long since) {
        executing.decrementAndGet();
        OfTool metrics = Objects.requireNonNull(byKind.get(kinds.of(kind.name())));
        metrics.calls().count(outcome.label);
        metrics.duration().record(Duration.ofNanos(System.nanoTime() - since));
    }
}
