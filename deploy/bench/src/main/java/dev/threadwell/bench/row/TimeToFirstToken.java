package dev.threadwell.bench.row;

import dev.threadwell.bench.client.CommitProbe;
import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.client.HopProbe;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Spread;
import dev.threadwell.bench.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that Threadwell adds until the first token. Each sample consists of a streamed run, the
 * same completion directly from the model, a commit and a Kafka hop in immediate succession.
 */
final class TimeToFirstToken implements Row {

    static final Direction ANSWER = new Direction(5, 0, 5);

    private static final double GOAL = 1.2;

    /** The four durations of one round, or of all rounds. */
    record Clocks(Samples run, Samples direct, Samples commit, Samples hop) {
        Clocks() {
            this(new Samples(), new Samples(), new Samples(), new Samples());
        }

        double added() {
            return run.p50() - direct.p50();
        }

        double yardstick() {
            return commit.p50() + hop.p50();
        }
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "added time to first token";
    }

    @Override
    public Measured measure(Lab lab) {
        int rounds = lab.size(5, 2);
        int perRound = lab.size(200, 25);
        var all = new Clocks();
        List<Clocks> byRound = new ArrayList<>();
        CommitProbe commit = lab.loop().await(() -> CommitProbe.open(lab.database()));
        try (var hop = HopProbe.open(lab.target().kafka())) {
            sample(lab, commit, hop, lab.size(300, 25), List.of(new Clocks()));
            for (int round = 0; round < rounds; round++) {
                var clocks = new Clocks();
                sample(lab, commit, hop, perRound, List.of(clocks, all));
                byRound.add(clocks);
            }
        }
        lab.loop().await(commit::close);
        String phases = new FirstTokenPhases(lab, all).measure();
        return new Measured(figures(all, byRound), phases);
    }

    private static void sample(
            Lab lab, CommitProbe commit, HopProbe hop, int times, List<Clocks> into) {
        for (int i = 0; i < times; i++) {
            long run = firstTokenOfRun(lab);
            long direct = firstTokenOfModel(lab);
            long committed = lab.loop().await(commit::commit);
            long hopped = hop.hop();
            for (Clocks clocks : into) {
                clocks.run().add(run);
                clocks.direct().add(direct);
                clocks.commit().add(committed);
                clocks.hop().add(hopped);
            }
        }
    }

    private static long firstTokenOfRun(Lab lab) {
        String thread = lab.thread(ANSWER);
        var first = new FirstToken();
        lab.loop()
                .await(
                        () -> {
                            first.begin();
                            return lab.threadwell().stream(
                                    thread,
                                    lab.assistant(),
                                    (event, data, nanos) -> {
                                        if (event.equals("thread.message.delta")) {
                                            first.token(nanos);
                                        }
                                    });
                        });
        return first.nanos();
    }

    private static long firstTokenOfModel(Lab lab) {
        var first = new FirstToken();
        lab.loop()
                .await(
                        () -> {
                            first.begin();
                            return lab.simulator().stream(ANSWER, first::token);
                        });
        return first.nanos();
    }

    /** The time from the request to its first token. */
    private static final class FirstToken {
        private final AtomicLong began = new AtomicLong();
        private final AtomicLong token = new AtomicLong();

        void begin() {
            began.set(System.nanoTime());
        }

        void token(long at) {
            token.compareAndSet(0, at);
        }

        long nanos() {
            if (token.get() == 0) {
                throw new IllegalStateException("a stream ended without a token");
            }
            return token.get() - began.get();
        }
    }

    private static List<Figure> figures(Clocks all, List<Clocks> byRound) {
        var added = Spread.of(byRound.stream().map(Clocks::added).toList());
        double ratio = all.added() / all.yardstick();
        String samples = "%d, rounds: %d".formatted(all.run().count(), byRound.size());
        return List.of(
                new Figure(
                        1,
                        "added time to first token, p50",
                        "%s (%s through Threadwell, %s direct); rounds %s ms"
                                .formatted(
                                        Text.ms(all.added()),
                                        Text.ms(all.run().p50()),
                                        Text.ms(all.direct().p50()),
                                        added.text(2)),
                        "%s: commit %s + Kafka hop %s"
                                .formatted(
                                        Text.ms(all.yardstick()),
                                        Text.ms(all.commit().p50()),
                                        Text.ms(all.hop().p50())),
                        Text.number(ratio, 2) + " ×",
                        "≤ " + GOAL + " ×",
                        Verdict.of(ratio <= GOAL),
                        samples),
                new Figure(
                        1,
                        "the same, p99",
                        "%s (%s through Threadwell, %s direct)"
                                .formatted(
                                        Text.ms(all.run().p99() - all.direct().p99()),
                                        Text.ms(all.run().p99()),
                                        Text.ms(all.direct().p99())),
                        "commit %s, Kafka hop %s"
                                .formatted(Text.ms(all.commit().p99()), Text.ms(all.hop().p99())),
                        "",
                        "",
                        Verdict.NO_GOAL,
                        samples));
    }
}
