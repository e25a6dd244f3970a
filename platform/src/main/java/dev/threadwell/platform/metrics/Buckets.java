package dev.threadwell.platform.metrics;

import java.time.Duration;
import java.util.stream.Stream;

/** The upper bounds of the buckets of histograms. */
public enum Buckets {

    /** What should take milliseconds: a claim, a first token, a request to the API. */
    PROMPT(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000),

    /** What may take minutes: a model's answer, a tool's call, a run. */
    LONG(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000);

    private final Duration[] bounds;

    Buckets(Integer... millis) {
        this.bounds = Stream.of(millis).map(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** The upper bounds, ascending. */
    public Duration[] bounds() {
        return bounds.clone();
    }
}
