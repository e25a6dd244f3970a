package dev.threadwell.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a metric, one for each value of a label. All of them exist from the start with
 * zero, because the first increase of a series that did not exist before is lost to {@code rate()}.
 */
public final class LabelledCounters {

    private final LabelValues values;
    private final Map<String, Counter> counters;

    private LabelledCounters(LabelValues values, Map<String, Counter> counters) {
        this.values = values;
        this.counters = counters;
    }

    /** Registers a counter for each value of the label. */
    public static LabelledCounters register(
            MeterRegistry registry, String name, String what, String label, LabelValues values) {
        return register(registry, name, what, Tags.empty(), label, values);
    }

    /** Registers a counter for each value of the label, next to labels with fixed values. */
    public static LabelledCounters register(
            MeterRegistry registry,
            String name,
            String what,
            Tags fixed,
            String label,
            LabelValues values) {
        Map<String, Counter> counters = new HashMap<>();
        for (String value : values.all()) {
            counters.put(
                    value,
                    Counter.builder(name)
                            .description(what)
                            .tags(fixed.and(label, value))
                            .register(registry));
        }
        return new LabelledCounters(values, Map.copyOf(counters));
    }

    /** Counts one of this value, or of {@code other} if the label has no such value. */
    public void count(@Nullable String value) {
        add(value, 1);
    }

    /** Adds to the counter of this value. */
    public void add(@Nullable String value, double amount) {
        Counter counter = counters.get(values.of(value));
        if (counter != null) {
            counter.increment(amount);
        }
    }
}
