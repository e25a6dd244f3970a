package dev.threadwell.bench.row;

import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Spread;
import dev.threadwell.bench.report.Text;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Threadwell adds to the gap between two tokens while many streams are open, each a token
 * every 20 ms. Gaps count only while all the streams are under way.
 */
final class GapBetweenTokens implements Row {

    private static final int STREAMS = 200;
    private static final int GAP_MILLIS = 20;
    private static final double GOAL_MILLIS = 0.2;

    /** The gaps of one round, or of all of them, on both ways. */
    private record Gaps(Samples through, Samples direct) {
        Gaps() {
            this(new Samples(), new Samples());
        }

        double added() {
            return through.p99() - direct.p99();
        }
    }

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "added gap between tokens, %d streams".formatted(STREAMS);
    }

    @Override
    public Measured measure(Lab lab) {
        Direction answer = longEnough(lab);
        int rounds = lab.size(5, 1);
        var all = new Gaps();
        List<Gaps> byRound = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            var gaps = new Gaps();
            Arrivals.gapsWhileAllRan(
                    throughThreadwell(lab, answer), into(gaps.through(), all.through()));
            Arrivals.gapsWhileAllRan(direct(lab, answer), into(gaps.direct(), all.direct()));
            byRound.add(gaps);
        }
        return new Measured(figures(all, byRound), "");
    }

    /** The warm-up: shows how far apart the streams begin, which each of them has to outlast. */
    private static Direction longEnough(Lab lab) {
        var warmUp = new Direction(lab.size(200, 100), 0, GAP_MILLIS);
        direct(lab, warmUp);
        long apart = Arrivals.betweenFirstAndLastBegin(throughThreadwell(lab, warmUp));
        long starting = 2 * apart / 1_000_000 / GAP_MILLIS;
        return new Direction(lab.size(250, 100) + (int) starting, 0, GAP_MILLIS);
    }

    private static LongConsumer into(Samples round, Samples all) {
        return gap -> {
            round.add(gap);
            all.add(gap);
        };
    }

    private static List<Arrivals> throughThreadwell(Lab lab, Direction answer) {
        List<String> threads = lab.threads(STREAMS, answer);
        return streams(
                lab,
                answer,
                (i, arrivals) ->
                        lab.threadwell().stream(
                                threads.get(i),
                                lab.assistant(),
                                (event, data, nanos) -> {
                                    if (event.equals("thread.message.delta")) {
                                        arrivals.add(nanos);
                                    }
                                }));
    }

    private static List<Arrivals> direct(Lab lab, Direction answer) {
        return streams(lab, answer, (i, arrivals) -> lab.simulator().stream(answer, arrivals::add));
    }

    private static List<Arrivals> streams(
            Lab lab, Direction answer, BiFunction<Integer, Arrivals, Future<Void>> stream) {
        List<Arrivals> all =
                Stream.generate(() -> new Arrivals(answer.tokens())).limit(STREAMS).toList();
        lab.loop()
                .await(
                        () ->
                                Future.all(
                                        IntStream.range(0, STREAMS)
                                                .mapToObj(i -> stream.apply(i, all.get(i)))
                                                .toList()));
        all.forEach(Arrivals::checkWhole);
        return all;
    }

    private static List<Figure> figures(Gaps all, List<Gaps> byRound) {
        var added = Spread.of(byRound.stream().map(Gaps::added).toList());
        String samples =
                "%d and %d gaps, rounds: %d"
                        .formatted(all.through().count(), all.direct().count(), byRound.size());
        return List.of(
                new Figure(
                        3,
                        "added gap between tokens, p99, %d streams".formatted(STREAMS),
                        "%s; rounds %s ms".formatted(Text.ms(all.through().p99()), added.text(2)),
                        Text.ms(all.direct().p99()) + " direct",
                        Text.added(all.added()),
                        "≤ %s ms".formatted(GOAL_MILLIS),
                        Verdict.of(all.added() <= GOAL_MILLIS),
                        samples),
                new Figure(
                        3,
                        "the same, p50",
                        Text.ms(all.through().p50()),
                        Text.ms(all.direct().p50()) + " direct",
                        Text.added(all.through().p50() - all.direct().p50()),
                        "",
                        Verdict.NO_GOAL,
                        samples));
    }
}
