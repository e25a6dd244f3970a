package dev.threadwell.bench.row;

import dev.threadwell.bench.client.CommitProbe;
import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.client.HopProbe;
import dev.threadwell.bench.client.RunEnds;
import dev.threadwell.bench.client.ThreadwellClient.Poll;
import dev.threadwell.bench.client.ThreadwellClient.RunId;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The delay until an unmodified polling SDK knows that a run has ended. The loop is that of
 * openai-python: GET with {@code X-Stainless-Poll-Helper}, then a pause of the {@code
 * openai-poll-after-ms} of the first response.
 *
 * <p>The end of the run is the worker's clock in the announcement ({@code ce_time}), read just
 * before the transaction that ends the run, so the delay includes the commit. Both processes use
 * the clock of the same machine.
 */
final class PollingDelay implements Row {

    private static final double GOAL_MILLIS = 3;
    private static final int POLLERS = 8;

    private record Delays(Samples sinceDecided, Samples sinceSeen, Samples commit, Samples hop) {}

    private record Probes(Lab lab, RunEnds ends, CommitProbe commit, HopProbe hop) {}

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String title() {
        return "delay of a polling SDK";
    }

    @Override
    public Measured measure(Lab lab) {
        var warmUp = delays();
        var delays = delays();
        CommitProbe commit = lab.loop().await(() -> CommitProbe.open(lab.database()));
        try (var ends = new RunEnds(lab.target().kafka());
                var hop = HopProbe.open(lab.target().kafka())) {
            var probes = new Probes(lab, ends, commit, hop);
            pollAll(probes, lab.size(25, 3), warmUp);
            pollAll(probes, lab.size(75, 8), delays);
        }
        lab.loop().await(commit::close);
        return new Measured(figures(delays), "");
    }

    private static Delays delays() {
        return new Delays(new Samples(), new Samples(), new Samples(), new Samples());
    }

    private static void pollAll(Probes probes, int each, Delays delays) {
        try (var pollers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all =
                    IntStream.range(0, POLLERS)
                            .<Future<?>>mapToObj(
                                    poller ->
                                            pollers.submit(
                                                    () -> pollInTurn(probes, poller, each, delays)))
                            .toList();
            for (Future<?> poller : all) {
                poller.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pollInTurn(Probes probes, int poller, int times, Delays delays) {
        Lab lab = probes.lab();
        var random = new Random(poller);
        for (int i = 0; i < times; i++) {
            // Every tenth run is longer than the longest wait of a GET, so that the pauses are
            // measured, too.
            int millis =
                    i % 10 == 9 && !lab.quick()
                            ? random.nextInt(3_000, 9_000)
                            : random.nextInt(20, 1_000);
            pollOne(lab, probes.ends(), new Direction(3, millis, 0), delays);
            delays.commit().add(lab.loop().await(probes.commit()::commit));
            delays.hop().add(probes.hop().hop());
        }
    }

    private static void pollOne(Lab lab, RunEnds ends, Direction answer, Delays delays) {
        String thread = lab.thread(answer);
        RunId id = lab.loop().await(() -> lab.threadwell().createRun(thread, lab.assistant()));
        Poll last = poll(lab, id);
        RunEnds.End end = lab.loop().await(() -> ends.completed(id.run()));
        // Reads both clocks at the same moment, to convert the announcement's wall-clock time.
        long nanos = System.nanoTime();
        Instant wall = Instant.now();
        long decidedAgo = Duration.between(end.decided(), wall).toNanos();
        delays.sinceDecided().add(last.nanos() - (nanos - decidedAgo));
        delays.sinceSeen().add(last.nanos() - end.seen());
    }

    private static Poll poll(Lab lab, RunId id) {
        Poll poll = lab.loop().await(() -> lab.threadwell().poll(id));
        int pause = poll.pauseMillis();
        while (poll.goesOn()) {
            sleep(pause);
            poll = lab.loop().await(() -> lab.threadwell().poll(id));
        }
        return poll;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Figure> figures(Delays delays) {
        return List.of(
                figure("delay until a polling SDK knows of the end, p50", 50, delays),
                figure("the same, p99", 99, delays),
                new Figure(
                        9,
                        "the same, after a Kafka subscriber had the news",
                        "p50 %s, p99 %s"
                                .formatted(
                                        Text.ms(delays.sinceSeen().p50()),
                                        Text.ms(delays.sinceSeen().p99())),
                        "",
                        "",
                        "",
                        Verdict.NO_GOAL,
                        samples(delays)));
    }

    private static Figure figure(String name, double percentile, Delays delays) {
        double delay = delays.sinceDecided().millis(percentile);
        double commit = delays.commit().millis(percentile);
        double hop = delays.hop().millis(percentile);
        return new Figure(
                9,
                name,
                Text.ms(delay),
                "commit %s + Kafka hop %s".formatted(Text.ms(commit), Text.ms(hop)),
                Text.number(delay / (commit + hop), 2) + " ×",
                "≤ %.0f ms".formatted(GOAL_MILLIS),
                Verdict.of(delay <= GOAL_MILLIS),
                samples(delays));
    }

    private static String samples(Delays delays) {
        return "%d runs, %d pollers".formatted(delays.sinceDecided().count(), POLLERS);
    }
}
