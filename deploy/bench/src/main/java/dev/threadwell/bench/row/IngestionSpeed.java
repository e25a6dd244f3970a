package dev.threadwell.bench.row;

import dev.threadwell.bench.report.Figure;
import dev.threadwell.bench.report.Figure.Verdict;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Text;
import dev.threadwell.bench.system.CpuTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The number of one-page files ingested into a store per second, and their CPU time. */
final class IngestionSpeed implements Row {

    private static final String PAGE =
            "The keeper of the light wrote down the wind, the weather and each ship that passed. "
                    .repeat(24);

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String title() {
        return "files read into a store per second";
    }

    @Override
    public Measured measure(Lab lab) {
        int count = lab.size(200, 20);
        Stores stores = new Stores(lab);
        stores.filled(List.of("warm.txt"), name -> PAGE);
        List<String> files =
                stores.uploaded(
                        IntStream.range(0, count).mapToObj("page_%d.txt"::formatted).toList(),
                        name -> name + ": " + PAGE);
        Map<String, Double> before = CpuTime.now(lab.target()).seconds();
        long begun = System.nanoTime();
        String store = lab.loop().await(() -> stores.client().create(files));
        stores.awaitRead(store);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu =
                CpuTime.now(lab.target()).seconds().entrySet().stream()
                        .filter(used -> !used.getKey().startsWith("bench"))
                        .mapToDouble(
                                used -> used.getValue() - before.getOrDefault(used.getKey(), 0.0))
                        .sum();
        return new Measured(
                List.of(
                        new Figure(
                                15,
                                "files of 2 KiB of English per second",
                                Text.number(count / seconds, 1) + " files/s",
                                "",
                                Text.number(count / cpu, 1) + " files per second of a core",
                                "",
                                Verdict.NO_GOAL,
                                count + " files, embedded as the system is set up")),
                "");
    }
}
