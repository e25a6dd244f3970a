package dev.threadwell.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.bench.report.Figure.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aMissedGoalIsSaidLoudly() {
        var missed =
                new Figure(
                        5, "runs", "80", "1,000", "0.08", "≥ 0.10", Verdict.of(false), "5 rounds");

        assertThat(Table.of(List.of(missed)))
                .isEqualTo(
                        """
                        | # | figure | Threadwell | baseline | ratio or added | goal | met | samples |
                        | --- | --- | --- | --- | --- | --- | --- | --- |
                        | 5 | runs | 80 | 1,000 | 0.08 | ≥ 0.10 | **no** | 5 rounds |
                        """);
    }

    @Test
    void aPipeInACellDoesNotEndIt() {
        assertThat(Table.of(List.of("a"), List.of(List.of("x|y")))).contains("| x\\|y |");
    }
}
