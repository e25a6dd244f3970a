package dev.threadwell.standalone;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long to wait before a process that has ended is started again: longer while it dies young.
 */
final class BackOff {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    // Whoever lived so long died of something new.
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private Duration next = FIRST_PAUSE;
    private volatile int deaths;

    /** The pause after a process has lived for so long. */
    Duration afterLifeOf(Duration life) {
        boolean settled = life.compareTo(SETTLED) > 0;
        Duration pause = settled ? FIRST_PAUSE : next;
        deaths = settled ? 1 : deaths + 1;
        next = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        return pause;
    }

    /** How often in a row the process has died young. */
    int deaths() {
        return deaths;
    }
}
