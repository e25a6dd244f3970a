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
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Threadwell adds to the gap between two tokens while many streams are open, each a token
 * every 20 ms; and while few are, to show what of it is the processors' doing. Beside it, what a
 * hop through Kafka alone adds, which lies on every way. Gaps count only while all the streams are
 * under way.
 */
final class GapBetweenTokens implements Row {

    private static final int STREAMS = 200;
    private static final int FEW_STREAMS = 20;
    private static final int GAP_MILLIS = 20;
    private static final double GOAL_MILLIS = 0.2;

    /** The gaps of one round, or of all of them, on the three ways. */
    private record Gaps(Samples through, Samples direct, Samples kafka) {
        Gaps() {
            this(new Samples(), new Samples(), new Samples());
        }

        double added() {
            return through.p99() - direct.p99();
        }

        double addedByKafka() {
            return kafka.p99() - direct.p99();
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
        Rounds many = rounds(lab, STREAMS);
        Rounds few = rounds(lab, FEW_STREAMS);
        Verdict met = Verdict.of(many.added().median() <= GOAL_MILLIS);
        return new Measured(
                List.of(
                        p99(many, STREAMS, "≤ %s ms".formatted(GOAL_MILLIS), met),
                        p50(many),
                        byKafkaAlone(many, STREAMS),
                        p99(few, FEW_STREAMS, "", Verdict.NO_GOAL),
                        byKafkaAlone(few, FEW_STREAMS)),
                "");
    }

    /** All gaps, and those of each round. */
    private record Rounds(Gaps all, List<Gaps> each) {

        Spread added() {
            return Spread.of(each.stream().map(Gaps::added).toList());
        }

        Spread addedByKafka() {
            return Spread.of(each.stream().map(Gaps::addedByKafka).toList());
        }

        String samples(Samples measured) {
            return "%d and %d gaps, rounds: %d"
                    .formatted(measured.count(), all.direct().count(), each.size());
        }
    }

    private static Rounds rounds(Lab lab, int streams) {
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
                    throughKafka(lab, streams, answer), into(gaps.kafka(), all.kafka()));
            byRound.add(gaps);
        }
        return new Rounds(all, byRound);
    }

    /** The warm-up: shows how far apart the streams begin, which each of them has to outlast. */
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
        List<Arrivals> all = arrivals(streams, answer);
        together(
                lab,
                streams,
                i ->
                        lab.threadwell().stream(
                                threads.get(i),
                                lab.assistant(),
                                (event, data, nanos) -> {
                                    if (event.equals("thread.message.delta")) {
                                        all.get(i).add(nanos);
                                    }
                                }));
        all.forEach(Arrivals::checkWhole);
        return all;
    }

    private static List<Arrivals> direct(Lab lab, int streams, Direction answer) {
        List<Arrivals> all = arrivals(streams, answer);
        together(lab, streams, i -> lab.simulator().stream(answer, all.get(i)::add));
        all.forEach(Arrivals::checkWhole);
        return all;
    }

    private static List<Arrivals> throughKafka(Lab lab, int streams, Direction answer) {
        List<Arrivals> all = arrivals(streams, answer);
        var arrived = new CountDownLatch(streams * answer.tokens());
        List<LongConsumer> each =
                all.stream()
                        .<LongConsumer>map(
                                stream ->
                                        nanos -> {
                                            stream.add(nanos);
                                            arrived.countDown();
                                        })
                        .toList();
        try (var hop = TokenHop.open(lab.target().kafka(), each)) {
            together(lab, streams, i -> lab.simulator().stream(answer, _ -> hop.pass(i)));
            Lab.await(arrived);
        }
        all.forEach(Arrivals::checkWhole);
        return all;
    }

    private static List<Arrivals> arrivals(int streams, Direction answer) {
        return Stream.generate(() -> new Arrivals(answer.tokens())).limit(streams).toList();
    }

    private static void together(Lab lab, int streams, IntFunction<Future<Void>> stream) {
        lab.loop().await(() -> Future.all(IntStream.range(0, streams).mapToObj(stream).toList()));
    }

    private static Figure p99(Rounds rounds, int streams, String goal, Verdict verdict) {
        Gaps all = rounds.all();
        return new Figure(
                3,
                "added gap between tokens, p99, %d streams".formatted(streams),
                "%s; rounds %s ms".formatted(Text.ms(all.through().p99()), rounds.added().text(2)),
                Text.ms(all.direct().p99()) + " direct",
                Text.added(rounds.added().median()),
                goal,
                verdict,
                rounds.samples(all.through()));
    }

    private static Figure byKafkaAlone(Rounds rounds, int streams) {
        Gaps all = rounds.all();
        return new Figure(
                3,
                "for comparison: added by a hop through Kafka alone, p99, %d streams"
                        .formatted(streams),
                "",
                "%s; rounds %s ms"
                        .formatted(Text.ms(all.kafka().p99()), rounds.addedByKafka().text(2)),
                Text.added(rounds.addedByKafka().median()),
                "",
                Verdict.NO_GOAL,
                rounds.samples(all.kafka()));
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
                rounds.samples(all.through()));
    }
}
