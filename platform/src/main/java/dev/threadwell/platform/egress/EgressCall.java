package dev.threadwell.platform.egress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadline and the current request of a call that may be redirected. */
final class EgressCall {

    private final long deadline;
    private @Nullable HttpExchange underWay;
    private boolean ended;

    EgressCall(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    synchronized void goesOn(HttpExchange next) {
        underWay = next;
        if (ended) {
            next.abandon();
        }
    }

    /** Aborts the current request. */
    synchronized void end() {
        ended = true;
        if (underWay != null) {
            underWay.abandon();
        }
    }
}
