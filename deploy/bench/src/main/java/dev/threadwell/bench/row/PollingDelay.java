package dev.threadwell.bench.row;

import dev.threadwell.bench.client.CommitProbe;
import dev.threadwell.bench.client.Direction;
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
 * How late an unmodified SDK that polls learns of a run's end. The loop is openai-python's: GET
 * with {@code X-Stainless-Poll-Helper}, then a pause of what {@code openai-poll-after-ms} said in
 * the first answer.
 *
 * <p>The run's end is the worker's clock as its announcement carries it ({@code ce_time}), read
 * just before the transaction that ends the run: the commit itself is counted in. Both programs
 * read the same machine's clock.
 */
final class PollingDelay implements Row {

    private static final double GOAL_MILLIS = 3;
    private static final int POLLERS = 8;

    private record Delays(Samples sinceDecided, Samples sinceSeen, Samples commit) {}

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
        try (var ends = new RunEnds(lab.target().kafka())) {
            pollAll(lab, ends, commit, lab.size(25, 3), warmUp);
            pollAll(lab, ends, commit, lab.size(75, 8), delays);
        }
        lab.loop().await(commit::close);
        return new Measured(figures(delays), "");
    }

    private static Delays delays() {
        return new Delays(new Samples(), new Samples(), new Samples());
    }

    private static void pollAll(
            Lab lab, RunEnds ends, CommitProbe commit, int each, Delays delays) {
        try (var pollers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all =
                    IntStream.range(0, POLLERS)
                            .<Future<?>>mapToObj(
                                    poller ->
                                            pollers.submit(
                                                    () ->
                                                            pollInTurn(
                                                                    lab, ends, commit, poller, each,
                                                                    delays)))
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

    private static void pollInTurn(
            Lab lab, RunEnds ends, CommitProbe commit, int poller, int times, Delays delays) {
        var random = new Random(poller);
        for (int i = 0; i < times; i++) {
            // One in ten outlasts the longest wait of a GET, so that the pauses count too.
            int millis =
                    i % 10 == 9 && !lab.quick()
                            ? random.nextInt(3_000, 9_000)
                            : random.nextInt(20, 1_000);
            pollOne(lab, ends, new Direction(3, millis, 0), delays);
            delays.commit().add(lab.loop().await(commit::commit));
        }
    }

    private static void pollOne(Lab lab, RunEnds ends, Direction answer, Delays delays) {
        String thread = lab.thread(answer);
        RunId id = lab.loop().await(() -> lab.threadwell().createRun(thread, lab.assistant()));
        Poll last = poll(lab, id);
        RunEnds.End end = lab.loop().await(() -> ends.completed(id.run()));
        // Both clocks at one moment, to bring the announcement's wall clock to this one.
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
        double p50 = delays.sinceDecided().p50();
        double p99 = delays.sinceDecided().p99();
        String goal = "≤ %.0f ms".formatted(GOAL_MILLIS);
        String samples = "%d runs, %d pollers".formatted(delays.sinceDecided().count(), POLLERS);
        return List.of(
                new Figure(
                        9,
                        "delay until a polling SDK knows of the end, p50",
                        Text.ms(p50),
                        "the commit of the end, counted in: " + Text.ms(delays.commit().p50()),
                        "",
                        goal,
                        Verdict.of(p50 <= GOAL_MILLIS),
                        samples),
                new Figure(
                        9,
                        "the same, p99",
                        Text.ms(p99),
                        "the commit of the end, counted in: " + Text.ms(delays.commit().p99()),
                        "",
                        goal,
                        Verdict.of(p99 <= GOAL_MILLIS),
                        samples),
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
                        samples));
    }
}
