package dev.threadwell.simulator.direction;

import org.jspecify.annotations.Nullable;

/** What to answer to one sampling, how fast, in what shape, and what goes wrong. */
public record Direction(
        Content content,
        Pace pace,
        Wire wire,
        @Nullable Fault fault,
        @Nullable Occurrence occurrence,
        @Nullable String finish,
        UsageOverride usage,
        @Nullable Direction then) {

    /** What the built-in script answers with: at once, plainly, without a fault. */
    public static Direction none() {
        return new Direction(
                Content.none(),
                new Pace(0, 0),
                Wire.plain(),
                null,
                null,
                null,
                new UsageOverride(null, null),
                null);
    }

    /** Limits a fault to the first requests that share a key. */
    public record Occurrence(String key, int times) {}

    /** Token counts to report in place of the real ones. */
    public record UsageOverride(
            @Nullable Integer promptTokens, @Nullable Integer completionTokens) {}
}
