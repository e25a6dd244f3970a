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
        @Nullable Dialect dialect,
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
                null,
                null);
    }

    /** The same in this dialect, if it has none of its own: it is the provider's. */
    Direction spokenIn(@Nullable Dialect other) {
        return new Direction(
                content,
                pace,
                wire,
                fault,
                occurrence,
                finish,
                usage,
                dialect == null ? other : dialect,
                then);
    }

    /** Limits a fault to the first requests that share a key. */
    public record Occurrence(String key, int times) {}

    /** Token counts to report in place of the real ones. */
    public record UsageOverride(
            @Nullable Integer promptTokens, @Nullable Integer completionTokens) {}
}
