package dev.threadwell.platform.kafka;

import static dev.threadwell.platform.kafka.BurstBatching.MANY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BurstBatchingTest {

    private static final long WINDOW = BurstBatching.WINDOW.toNanos();

    private final BurstBatching rush = new BurstBatching(0);

    /** The waiting times of events that follow each other immediately. */
    private long[] waits(int events, long from) {
        return LongStream.range(0, events).map(i -> rush.waitFrom(from + i)).toArray();
    }

    @Test
    void aLoneEventDoesNotWait() {
        assertThat(rush.waitFrom(10 * WINDOW)).isZero();
    }

    @Test
    void aRunThatBeginsDoesNotWait() {
        assertThat(waits(MANY, 10 * WINDOW)).containsOnly(0);
    }

    @Test
    void whereManyCameEachWaitsUntilItsWindowEnds() {
        waits(MANY, WINDOW);

        assertThat(rush.waitFrom(2 * WINDOW)).isEqualTo(WINDOW);
        assertThat(rush.waitFrom(2 * WINDOW + WINDOW / 4)).isEqualTo(WINDOW - WINDOW / 4);
    }

    @Test
    void aWindowWithFewEventsEndsTheRush() {
        waits(MANY, WINDOW);
        waits(MANY - 1, 2 * WINDOW);

        assertThat(waits(MANY, 3 * WINDOW)).containsOnly(0);
    }

    @Test
    void aPauseEndsTheRush() {
        waits(MANY, WINDOW);

        assertThat(rush.waitFrom(3 * WINDOW)).isZero();
    }
}
