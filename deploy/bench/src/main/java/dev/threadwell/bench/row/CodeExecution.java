package dev.threadwell.bench.row;

import dev.threadwell.bench.client.CodeClient;
import dev.threadwell.bench.client.HopProbe;
import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The duration of a code interpreter call, from {@code tool.requested} to {@code tool.answered}:
 * the first call of a thread with and without a warm session, and further calls.
 */
final class CodeExecution implements Row {

    private static final int NUMBER = 13;
    private static final double GOAL_MILLIS = 100;
    private static final int SECONDS_TO_WARM_UP = 4;
    private static final String CODE = "print(1 + 1)";
    private static final String LIBRARIES = "import numpy, pandas, openpyxl, matplotlib.pyplot";

    private record Baselines(Samples hops, Samples python, Samples pythonWithLibraries) {}

    @Override
    public int number() {
        return NUMBER;
    }

    @Override
    public String title() {
        return "calls of the code interpreter";
    }

    @Override
    public Measured measure(Lab lab) {
        var warm = new Samples();
        var cold = new Samples();
        var next = new Samples();
        var baselines = new Baselines(new Samples(), new Samples(), new Samples());
        try (var code = CodeClient.open(lab.target().kafka());
                var hop = HopProbe.open(lab.target().kafka())) {
            String thread = code.thread();
            code.execute(thread, CODE);
            for (int i = 0; i < lab.size(300, 50); i++) {
                next.add(code.execute(thread, CODE));
                baselines.hops().add(hop.hop() + hop.hop());
            }
            for (int i = 0; i < lab.size(10, 3); i++) {
                Lab.pause(SECONDS_TO_WARM_UP);
                warm.add(code.execute(code.thread(), CODE));
                // The warm session has just been taken and the next one is not ready yet.
                cold.add(code.execute(code.thread(), CODE));
                baselines.python().add(python("print(1 + 1)"));
                baselines.pythonWithLibraries().add(python(LIBRARIES));
            }
        }
        List<Figure> figures = new ArrayList<>(first(warm, cold, baselines));
        figures.add(following("a call in a session that is there, p50", 50, next, baselines));
        figures.add(following("the same, p99", 99, next, baselines));
        return new Measured(List.copyOf(figures), "");
    }

    /** The nanoseconds that a bare interpreter takes without a sandbox. */
    private static long python(String code) {
        long begun = System.nanoTime();
        try {
            Process python =
                    new ProcessBuilder("/usr/bin/python3", "-I", "-c", code)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (python.waitFor() != 0) {
                throw new IllegalStateException("python3 failed");
            }
            return System.nanoTime() - begun;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Figure> first(Samples warm, Samples cold, Baselines baselines) {
        double bare = baselines.python().p50();
        double loaded = baselines.pythonWithLibraries().p50();
        return List.of(
                new Figure(
                        NUMBER,
                        "first call of a thread, a session waits, p50",
                        Text.ms(warm.p50()),
                        Text.ms(bare) + " a bare python3",
                        Text.added(warm.p50() - bare),
                        "< %.0f ms".formatted(GOAL_MILLIS),
                        Verdict.of(warm.p50() < GOAL_MILLIS),
                        warm.count() + " sessions"),
                new Figure(
                        NUMBER,
                        "first call of a thread, none waits, p50",
                        Text.ms(cold.p50()),
                        Text.ms(loaded) + " a bare python3 with the same libraries",
                        Text.added(cold.p50() - loaded),
                        "",
                        Verdict.NO_GOAL,
                        cold.count() + " sessions, another being made ready beside each"));
    }

    private static Figure following(
            String name, double percentile, Samples calls, Baselines baselines) {
        double call = calls.millis(percentile);
        double hops = baselines.hops().millis(percentile);
        return new Figure(
                NUMBER,
                name,
                Text.ms(call),
                Text.ms(hops) + " two Kafka hops",
                Text.added(call - hops),
                "",
                Verdict.NO_GOAL,
                calls.count() + " calls");
    }
}
