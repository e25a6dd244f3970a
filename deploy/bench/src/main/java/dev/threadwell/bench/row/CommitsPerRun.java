package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ClosedLoop;
import dev.threadwell.bench.client.Database;
import dev.threadwell.bench.client.DatabaseCounters;
import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.client.RunEnds;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Text;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Database commits per plain run, by PostgreSQL's own counters, minus those of an idle system in
 * the same time. The ends of runs are read from {@code run.announced}, so that no polling adds to
 * the count.
 */
final class CommitsPerRun implements Row {

    private static final int GOAL = 3;
    private static final Direction ANSWER = new Direction(5, 0, 0);
    // An idle connection reports its counters after ten seconds at the latest.
    private static final int UNTIL_COUNTED = 11;

    private record PerSecond(double transactions, double writing) {
        static PerSecond between(DatabaseCounters before, DatabaseCounters after) {
            double seconds = (after.nanos() - before.nanos()) / 1e9;
            return new PerSecond(
                    (after.transactions() - before.transactions()) / seconds,
                    (after.writing() - before.writing()) / seconds);
        }
    }

    private record Batch(int runs, int atOnce, PerSecond rate, double seconds, String rows) {
        double perRun(double rateWhileBusy, double rateWhileIdle) {
            return (rateWhileBusy - rateWhileIdle) * seconds / runs;
        }
    }

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "database commits per plain run";
    }

    @Override
    public Measured measure(Lab lab) {
        PgConnection c = lab.loop().await(() -> lab.database().connect(Database.THREADWELL));
        try (var ends = new RunEnds(lab.target().kafka())) {
            run(lab, ends, lab.threads(lab.size(500, 50), ANSWER), 16);
            Lab.pause(UNTIL_COUNTED);
            var before = read(lab, c);
            Lab.pause(lab.size(30, 5));
            var idle = PerSecond.between(before, read(lab, c));
            List<Figure> figures = new ArrayList<>();
            var alone = batch(lab, c, ends, lab.size(500, 50), 1);
            var many = batch(lab, c, ends, lab.size(2_000, 200), 16);
            figures.addAll(figures(alone, idle, "one after the other"));
            figures.addAll(figures(many, idle, "16 at once"));
            return new Measured(figures, details(idle, alone, many));
        } finally {
            lab.loop().await(c::close);
        }
    }

    private static Batch batch(Lab lab, PgConnection c, RunEnds ends, int runs, int atOnce) {
        List<String> threads = lab.threads(runs, ANSWER);
        Lab.pause(UNTIL_COUNTED);
        var before = read(lab, c);
        run(lab, ends, threads, atOnce);
        Lab.pause(UNTIL_COUNTED);
        var after = read(lab, c);
        return new Batch(
                runs,
                atOnce,
                PerSecond.between(before, after),
                (after.nanos() - before.nanos()) / 1e9,
                rowsPerRun(before, after, runs));
    }

    private static DatabaseCounters read(Lab lab, PgConnection c) {
        return lab.loop().await(() -> DatabaseCounters.read(c));
    }

    private static void run(Lab lab, RunEnds ends, List<String> threads, int atOnce) {
        Queue<String> left = new ConcurrentLinkedQueue<>(threads);
        Supplier<Future<Void>> client =
                () -> ClosedLoop.over(left, thread -> runOne(lab, ends, thread));
        lab.loop().await(() -> Future.all(Stream.generate(client).limit(atOnce).toList()));
    }

    private static Future<Void> runOne(Lab lab, RunEnds ends, String thread) {
        return lab.threadwell()
                .createRun(thread, lab.assistant())
                .compose(id -> ends.completed(id.run()))
                .mapEmpty();
    }

    private static String rowsPerRun(DatabaseCounters before, DatabaseCounters after, int runs) {
        return after.rowsWritten().keySet().stream()
                .filter(table -> written(table, before, after) * 100 >= runs)
                .map(
                        table ->
                                table
                                        + " "
                                        + Text.number(
                                                (double) written(table, before, after) / runs, 2))
                .collect(Collectors.joining(", "));
    }

    private static long written(String table, DatabaseCounters before, DatabaseCounters after) {
        return after.rowsWritten(table) - before.rowsWritten(table);
    }

    private static List<Figure> figures(Batch batch, PerSecond idle, String how) {
        return List.of(
                figure(
                        "database commits per plain run, " + how,
                        batch,
                        batch.perRun(batch.rate().transactions(), idle.transactions()),
                        idle.transactions()),
                figure(
                        "of them with something to write",
                        batch,
                        batch.perRun(batch.rate().writing(), idle.writing()),
                        idle.writing()));
    }

    private static Figure figure(String name, Batch batch, double perRun, double idlePerSecond) {
        return new Figure(
                6,
                name,
                Text.number(perRun, 2),
                "idle: %s per second, taken off".formatted(Text.number(idlePerSecond, 1)),
                "",
                "≤ " + GOAL,
                Verdict.of(perRun <= GOAL),
                batch.runs() + " runs");
    }

    private static String details(PerSecond idle, Batch alone, Batch many) {
        return """
        ### Where the commits go

        An idle system commits %s transactions a second, %s of them with something to write.
        Rows written per run, by table, one run after the other: %s.
        The same, %d at once: %s."""
                .formatted(
                        Text.number(idle.transactions(), 1),
                        Text.number(idle.writing(), 1),
                        alone.rows(),
                        many.atOnce(),
                        many.rows());
    }
}
