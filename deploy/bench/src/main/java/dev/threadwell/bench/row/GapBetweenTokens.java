package dev.threadwell.bench.row;

import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.client.TokenHop;
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
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The increase of the gap between tokens with many open streams, each with a token every 20 ms; and
 * with few streams, to show how much is due to the load on the CPU. For comparison, the increase by
 * a single Kafka hop, which is unavoidable. Gaps count only while all streams are active.
 */
final class GapBetweenTokens implements Row {

    private static final int STREAMS = 200;
    private static final int FEW_STREAMS = 20;
    private static final int GAP_MILLIS = 20;
    private static final double GOAL_MILLIS = 0.2;

    /**
     * The gaps of one round or of all rounds: through Threadwell, direct, and through Kafka only.
     */
    private record Gaps(Samples through, Samples direct, Samples kafka) {
        Gaps() {
            this(new Samples(), new Samples(), new Samples());
        }

        double added(Function<Gaps, Samples> way) {
            return way.apply(this).p99() - direct.p99();
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
        Rounds many;
        Rounds few;
        try (var hop = TokenHop.open(lab.target().kafka())) {
            many = rounds(lab, hop, STREAMS);
            few = rounds(lab, hop, FEW_STREAMS);
        }
        Verdict met = Verdict.of(many.added(Gaps::through).median() <= GOAL_MILLIS);
        return new Measured(
                List.of(
                        p99(many, STREAMS, "≤ %s ms".formatted(GOAL_MILLIS), met),
                        p50(many),
                        byKafkaAlone(many, STREAMS),
                        p99(few, FEW_STREAMS, "", Verdict.NO_GOAL),
                        byKafkaAlone(few, FEW_STREAMS)),
                "");
    }

    /** The gaps of all rounds together and of each round. */
    private record Rounds(Gaps all, List<Gaps> each) {

        Spread added(Function<Gaps, Samples> way) {
            return Spread.of(each.stream().map(gaps -> gaps.added(way)).toList());
        }

        String samples(Function<Gaps, Samples> way) {
            return "%d and %d gaps, rounds: %d"
                    .formatted(way.apply(all).count(), all.direct().count(), each.size());
        }
    }

    private static Rounds rounds(Lab lab, TokenHop hop, int streams) {
        Direction answer = longEnough(lab, streams);
        int rounds = lab.size(5, 1);
        var all = new Gaps();
        List<Gaps> byRound = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            var gaps = new Gaps();
            Arrivals.gapsWhileAllRan(
                    throughThreadwell(lab, streams, answer), into(gaps.through(), all.through()));
            Arrivals.gapsWhileAllRan(
                    direct(lab, streams, answer), into(gaps.direct(), all.direct()));
            Arrivals.gapsWhileAllRan(
                    throughKafka(lab, hop, streams, answer), into(gaps.kafka(), all.kafka()));
            byRound.add(gaps);
        }
        return new Rounds(all, byRound);
    }

    /**
     * Warms up and measures how far apart the streams start; every stream must be longer than that.
     */
    private static Direction longEnough(Lab lab, int streams) {
        var warmUp = new Direction(lab.size(200, 100), 0, GAP_MILLIS);
        direct(lab, streams, warmUp);
        long apart = Arrivals.betweenFirstAndLastBegin(throughThreadwell(lab, streams, warmUp));
        long starting = 2 * apart / 1_000_000 / GAP_MILLIS;
        return new Direction(lab.size(250, 100) + (int) starting, 0, GAP_MILLIS);
    }

    private static LongConsumer into(Samples round, Samples all) {
        return gap -> {
            round.add(gap);
            all.add(gap);
        };
    }

    private static List<Arrivals> throughThreadwell(Lab lab, int streams, Direction answer) {
        List<String> threads = lab.threads(streams, answer);
        return streams(
                lab,
                streams,
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

    private static List<Arrivals> direct(Lab lab, int streams, Direction answer) {
        return streams(
                lab,
                streams,
                answer,
                (i, arrivals) -> lab.simulator().stream(answer, arrivals::add));
    }

    private static List<Arrivals> throughKafka(
            Lab lab, TokenHop hop, int streams, Direction answer) {
        return streams(
                lab,
                streams,
                answer,
                (i, arrivals) -> {
                    var passage = hop.passage(answer.tokens(), arrivals::add);
                    return lab.simulator().stream(answer, _ -> passage.pass())
                            .compose(_ -> passage.whole());
                });
    }

    private static List<Arrivals> streams(
            Lab lab,
            int streams,
            Direction answer,
            BiFunction<Integer, Arrivals, Future<Void>> stream) {
        List<Arrivals> all =
                Stream.generate(() -> new Arrivals(answer.tokens())).limit(streams).toList();
        lab.loop()
                .await(
                        () ->
                                Future.all(
                                        IntStream.range(0, streams)
                                                .mapToObj(i -> stream.apply(i, all.get(i)))
                                                .toList()));
        all.forEach(Arrivals::checkWhole);
        return all;
    }

    private static Figure p99(Rounds rounds, int streams, String goal, Verdict verdict) {
        Gaps all = rounds.all();
        return new Figure(
                3,
                "added gap between tokens, p99, %d streams".formatted(streams),
                "%s; rounds %s ms"
                        .formatted(
                                Text.ms(all.through().p99()), rounds.added(Gaps::through).text(2)),
                Text.ms(all.direct().p99()) + " direct",
                Text.added(rounds.added(Gaps::through).median()),
                goal,
                verdict,
                rounds.samples(Gaps::through));
    }

    private static Figure byKafkaAlone(Rounds rounds, int streams) {
        Gaps all = rounds.all();
        return new Figure(
                3,
                "for comparison: added by a hop through Kafka alone, p99, %d streams"
                        .formatted(streams),
                "",
                "%s; rounds %s ms"
                        .formatted(Text.ms(all.kafka().p99()), rounds.added(Gaps::kafka).text(2)),
                Text.added(rounds.added(Gaps::kafka).median()),
                "",
                Verdict.NO_GOAL,
                rounds.samples(Gaps::kafka));
    }

    private static Figure p50(Rounds rounds) {
        Gaps all = rounds.all();
        return new Figure(
                3,
                "the same, p50",
                Text.ms(all.through().p50()),
                Text.ms(all.direct().p50()) + " direct",
                Text.added(all.through().p50() - all.direct().p50()),
                "",
                Verdict.NO_GOAL,
                rounds.samples(Gaps::through));
    }
}
