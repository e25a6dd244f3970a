package dev.threadwell.bench.row;

import dev.threadwell.bench.report.Measured;
import java.util.List;

/** One row of the list of goals, with its measurement. */
public interface Row {

    int number();

    String title();

    Measured measure(Lab lab);

    /** All measurable rows in their order. */
    static List<Row> all() {
        return List.of(
                new TimeToFirstToken(),
                new GapBetweenTokens(),
                new RunsPerSecond(),
                new CommitsPerRun(),
                new PollingDelay(),
                new CodeExecution(),
                new SearchQuality(),
                new IngestionSpeed(),
                new SearchDelay());
    }
}
