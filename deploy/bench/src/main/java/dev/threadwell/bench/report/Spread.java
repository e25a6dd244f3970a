package dev.threadwell.bench.report;

import java.util.List;

/** The results of a measurement's rounds: their median and range. */
public record Spread(double median, double min, double max, int rounds) {

    public static Spread of(List<Double> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalStateException("no round was measured");
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }

    /** For example {@code 1.25 (1.10 to 1.60)}. */
    public String text(int decimals) {
        return "%s (%s to %s)"
                .formatted(
                        Text.number(median, decimals),
                        Text.number(min, decimals),
                        Text.number(max, decimals));
    }
}
