package dev.threadwell.simulator.direction;

/** When the first token comes, and how long after it each further one. */
public record Pace(long firstTokenNanos, long gapNanos) {
    /** The time at which the last of so many tokens is there, counted from the request. */
    public long nanosUntilLast(int tokens) {
        return firstTokenNanos + gapNanos * Math.max(0, tokens - 1);
    }
}
