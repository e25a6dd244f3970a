package dev.threadwell.bench.report;

import java.util.Arrays;

/** Durations in nanoseconds; all are kept, so that percentiles are exact. Thread-safe. */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1_000_000.0;

    private long[] values = new long[1024];
    private int count;
    private boolean sorted;

    public synchronized void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = nanos;
        sorted = false;
    }

    public synchronized int count() {
        return count;
    }

    /** The percentile by nearest rank, in milliseconds. */
    public synchronized double millis(double percentile) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(percentile / 100 * count);
        return values[Math.clamp(rank, 1, count) - 1] / NANOS_PER_MILLI;
    }

    public double p50() {
        return millis(50);
    }

    public double p99() {
        return millis(99);
    }
}
