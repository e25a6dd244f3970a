package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ClosedLoop;
import dev.threadwell.bench.client.CommitRate;
import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Spread;
import dev.threadwell.bench.report.Text;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Plain runs per second, compared with pgbench's transactions per second with as many clients. */
final class RunsPerSecond implements Row {

    private static final int CLIENTS = 32;
    // At least as many branches as clients, to avoid contention for the rows of the branches.
    private static final int SCALE = 32;
    private static final int THREADS_PER_CLIENT = 8;
    private static final double GOAL = 0.10;
    private static final Direction ANSWER = new Direction(5, 0, 0);

    private record Round(double runs, double commits) {
        double ratio() {
            return runs / commits;
        }
    }

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "runs per second";
    }

    @Override
    public Measured measure(Lab lab) {
        int seconds = lab.size(10, 3);
        int rounds = lab.size(5, 1);
        lab.loop().await(() -> lab.database().preparePgbench(SCALE));
        try (var commits =
                CommitRate.open(lab.vertx(), lab.target(), lab.database(), CLIENTS, SCALE)) {
            var warmUp = measureRound(lab, commits, seconds);
            System.err.printf("warm-up: %s%n", warmUp);
            List<Round> byRound = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                byRound.add(measureRound(lab, commits, seconds));
            }
            return new Measured(List.of(figure(byRound, commits.name(), seconds)), "");
        }
    }

    private static Round measureRound(Lab lab, CommitRate commits, int seconds) {
        double committed = commits.perSecond(seconds);
        return new Round(runs(lab, seconds), committed);
    }

    private static double runs(Lab lab, int seconds) {
        List<List<String>> threads = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            threads.add(lab.threads(THREADS_PER_CLIENT, ANSWER));
        }
        var done = new AtomicLong();
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        lab.loop()
                .await(
                        () ->
                                Future.all(
                                        threads.stream()
                                                .map(own -> client(lab, own, deadline, done))
                                                .toList()));
        return (double) done.get() / seconds;
    }

    private static Future<Void> client(
            Lab lab, List<String> threads, long deadline, AtomicLong done) {
        var next = new AtomicInteger();
        return ClosedLoop.until(
                deadline,
                () -> PlainRun.on(lab, threads.get(next.getAndIncrement() % threads.size())),
                done);
    }

    private static Figure figure(List<Round> byRound, String who, int seconds) {
        var ratio = Spread.of(byRound.stream().map(Round::ratio).toList());
        return new Figure(
                5,
                "runs per second ÷ pgbench commits per second, %d clients".formatted(CLIENTS),
                Spread.of(byRound.stream().map(Round::runs).toList()).text(0) + " runs/s",
                "%s commits/s (%s, scale %d)"
                        .formatted(
                                Spread.of(byRound.stream().map(Round::commits).toList()).text(0),
                                who,
                                SCALE),
                ratio.text(3),
                "≥ " + Text.number(GOAL, 2),
                Verdict.of(ratio.median() >= GOAL),
                "rounds: %d, %d s each".formatted(byRound.size(), seconds));
    }
}
