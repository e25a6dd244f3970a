package dev.threadwell.standalone;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Exponential back-off between restarts of a process; it starts over after a long enough life. */
final class BackOff {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    // A process that lived this long is taken to have failed for a new reason.
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private Duration next = FIRST_PAUSE;
    private volatile int deaths;

    /** Returns the pause before the next restart of a process that has lived this long. */
    Duration afterLifeOf(Duration life) {
        boolean settled = life.compareTo(SETTLED) > 0;
        Duration pause = settled ? FIRST_PAUSE : next;
        deaths = settled ? 1 : deaths + 1;
        next = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        return pause;
    }

    /** How many times in a row the process has ended without living long enough in between. */
    int deaths() {
        return deaths;
    }
}
