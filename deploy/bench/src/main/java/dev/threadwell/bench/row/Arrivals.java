package dev.threadwell.bench.row;

import java.util.List;
import java.util.function.LongConsumer;

/** The arrival times of one stream's tokens. */
final class Arrivals {

    private final long[] at;
    private int count;

    Arrivals(int tokens) {
        this.at = new long[tokens];
    }

    void add(long nanos) {
        at[count++] = nanos;
    }

    /** The time between the first token of the earliest stream and that of the latest one. */
    static long betweenFirstAndLastBegin(List<Arrivals> all) {
        return all.stream().mapToLong(a -> a.at[0]).max().orElseThrow()
                - all.stream().mapToLong(a -> a.at[0]).min().orElseThrow();
    }

    /**
     * Reports the gaps between tokens from the start of the last stream to the end of the first
     * one.
     */
    static void gapsWhileAllRan(List<Arrivals> all, LongConsumer gap) {
        long from = all.stream().mapToLong(a -> a.at[0]).max().orElseThrow();
        long to = all.stream().mapToLong(a -> a.at[a.at.length - 1]).min().orElseThrow();
        if (from >= to) {
            throw new IllegalStateException(
                    "the first stream had ended before the last one began: they were never %d at once"
                            .formatted(all.size()));
        }
        for (Arrivals stream : all) {
            for (int i = 1; i < stream.at.length; i++) {
                if (stream.at[i - 1] >= from && stream.at[i] <= to) {
                    gap.accept(stream.at[i] - stream.at[i - 1]);
                }
            }
        }
    }

    void checkWhole() {
        if (count != at.length) {
            throw new IllegalStateException(
                    "a stream brought %d of %d tokens".formatted(count, at.length));
        }
    }
}
