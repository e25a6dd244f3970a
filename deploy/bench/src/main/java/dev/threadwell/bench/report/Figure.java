package dev.threadwell.bench.report;

/**
 * One line of the result table.
 *
 * @param row the number of the row in the list of goals
 * @param comparison Threadwell's figure relative to the baseline: a ratio or a difference
 * @param goal the goal; empty if the line is informational
 * @param samples the number of measurements
 */
public record Figure(
        int row,
        String name,
        String threadwell,
        String baseline,
        String comparison,
        String goal,
        Verdict verdict,
        String samples) {

    /** Whether the goal is met. */
    public enum Verdict {
        MET("yes"),
        MISSED("**no**"),
        NO_GOAL("");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        public static Verdict of(boolean met) {
            return met ? MET : MISSED;
        }

        public String text() {
            return text;
        }
    }
}
