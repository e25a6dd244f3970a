package dev.threadwell.platform.kafka;

import java.time.Duration;

/**
 * Detects bursts of events. In a burst each event may wait until the end of its window, so that a
 * hundred are sent in one request; outside of bursts no event waits.
 */
final class BurstBatching {

    /** Too short for a reader of a stream to notice. */
    static final Duration WINDOW = Duration.ofMillis(5);

    /**
     * The number of events in a window from which on a burst is assumed; two runs that begin in the
     * same window stay below it.
     */
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
     * @param now in nanoseconds, from a monotonic clock
     * @return how many nanoseconds the event may wait
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
