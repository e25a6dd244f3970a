package dev.threadwell.toolworker.websearch;

import java.time.Duration;

/** The time by which a call is answered. */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time that is left, at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
    }

    /** This part of the time that is left. */
    Duration part(double share) {
        return Duration.ofNanos((long) (left().toNanos() * share));
    }
}
