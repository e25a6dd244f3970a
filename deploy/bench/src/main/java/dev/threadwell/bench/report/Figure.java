package dev.threadwell.bench.report;

/**
 * One line of the table.
 *
 * @param row the number of the row in the list of goals
 * @param comparison how Threadwell's figure stands to the baseline: a ratio or what it adds
 * @param goal what it should be; empty if the line only informs
 * @param samples how many measurements are behind it
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

    /** Whether a goal is met. */
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
