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
        var answer = new Direction(lab.size(300, 150), 0, GAP_MILLIS);
        int rounds = lab.size(5, 1);
        round(lab, answer, List.of(new Gaps()));
        var all = new Gaps();
        List<Gaps> byRound = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            var gaps = new Gaps();
            round(lab, answer, List.of(gaps, all));
            byRound.add(gaps);
        }
        return new Measured(figures(all, byRound), "");
    }

    private static void round(Lab lab, Direction answer, List<Gaps> into) {
        List<String> threads = lab.threads(STREAMS, answer);
        measure(
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
                                }),
                into.stream().map(Gaps::through).toList());
        measure(
                lab,
                answer,
                (i, arrivals) -> lab.simulator().stream(answer, arrivals::add),
                into.stream().map(Gaps::direct).toList());
    }

    private static void measure(
            Lab lab,
            Direction answer,
            BiFunction<Integer, Arrivals, Future<Void>> stream,
            List<Samples> into) {
        List<Arrivals> all = new ArrayList<>();
        lab.loop()
                .await(
                        () -> {
                            List<Future<Void>> streams = new ArrayList<>();
                            for (int i = 0; i < STREAMS; i++) {
                                var arrivals = new Arrivals(answer.tokens());
                                all.add(arrivals);
                                streams.add(stream.apply(i, arrivals));
                            }
                            return Future.all(streams);
                        });
        Arrivals.gapsWhileAllRan(all, gap -> into.forEach(samples -> samples.add(gap)));
    }

    private static List<Figure> figures(Gaps all, List<Gaps> byRound) {
        var added = Spread.of(byRound.stream().map(Gaps::added).toList());
        String samples =
                "%d and %d gaps in %d rounds"
                        .formatted(all.through().count(), all.direct().count(), byRound.size());
        return List.of(
                new Figure(
                        3,
                        "added gap between tokens, p99, %d streams".formatted(STREAMS),
                        "%s; rounds %s ms".formatted(Text.ms(all.through().p99()), added.text(2)),
                        Text.ms(all.direct().p99()) + " direct",
                        "+ " + Text.ms(all.added()),
                        "≤ %s ms".formatted(GOAL_MILLIS),
                        Verdict.of(all.added() <= GOAL_MILLIS),
                        samples),
                new Figure(
                        3,
                        "the same, p50",
                        Text.ms(all.through().p50()),
                        Text.ms(all.direct().p50()) + " direct",
                        "+ " + Text.ms(all.through().p50() - all.direct().p50()),
                        "",
                        Verdict.NO_GOAL,
                        samples));
    }
}
