package dev.threadwell.egress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** From the first request to the last redirection: how much time is left, and what is under way. */
final class Journey {

    private final long deadline;
    private @Nullable Exchange underWay;
    private boolean ended;

    Journey(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    synchronized void goesOn(Exchange next) {
        underWay = next;
        if (ended) {
            next.abandon();
        }
    }

    /** Gives up what is still under way. */
    synchronized void end() {
        ended = true;
        if (underWay != null) {
            underWay.abandon();
        }
    }
}
