package dev.threadwell.simulator.direction;

/** The delay until the first token and the gap between all further tokens. */
public record Pace(long firstTokenNanos, long gapNanos) {
    /** The time from the request until the last of {@code tokens} tokens is sent. */
    public long nanosUntilLast(int tokens) {
        return firstTokenNanos + gapNanos * Math.max(0, tokens - 1);
    }
}
