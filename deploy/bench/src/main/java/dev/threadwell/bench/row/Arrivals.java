package dev.threadwell.bench.row;

import java.util.List;
import java.util.function.LongConsumer;

/** When the tokens of one stream arrived. */
final class Arrivals {

    private final long[] at;
    private int count;

    Arrivals(int tokens) {
        this.at = new long[tokens];
    }

    void add(long nanos) {
        at[count++] = nanos;
    }

    /** How much later than the first stream the last one began. */
    static long betweenFirstAndLastBegin(List<Arrivals> all) {
        return all.stream().mapToLong(a -> a.at[0]).max().orElseThrow()
                - all.stream().mapToLong(a -> a.at[0]).min().orElseThrow();
    }

    /**
     * The gaps between tokens that lie between the last stream's beginning and the first one's end.
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
