package dev.threadwell.platform.kafka;

import java.time.Duration;

/**
 * Tells a rush of events from a few: in a rush each may wait for company until the end of its
 * window, so that a hundred leave in one request; otherwise none waits.
 */
final class BurstBatching {

    /** Less than a reader of a stream can notice. */
    static final Duration WINDOW = Duration.ofMillis(5);

    /** The events of one run's beginning, twice over, are not yet a rush. */
    static final int MANY = 16;

    private static final long LENGTH = WINDOW.toNanos();

    private long begin;
    private int counted;
    private boolean on;

    BurstBatching(long now) {
        begin = now;
    }

    /**
     * Counts an event.
     *
     * @param now in nanoseconds, on a clock that does not go back
     * @return how many nanoseconds it may wait
     */
    long waitFrom(long now) {
        long since = now - begin;
        if (since >= LENGTH) {
            on = counted >= MANY && since < 2 * LENGTH;
            begin = now;
            counted = 0;
            since = 0;
        }
        counted++;
        return on ? LENGTH - since : 0;
    }
}
