package dev.threadwell.simulator.direction;

import org.jspecify.annotations.Nullable;

/**
 * Controls the answer to one sampling request: its content, its pace, the wire format and a fault.
 */
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

    /** The default direction: the built-in script's answer, without delay or fault. */
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

    /**
     * Returns this direction with the given dialect unless it sets its own: a chain of directions
     * talks to one provider.
     */
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
