package dev.threadwell.bench;

import dev.threadwell.bench.client.Database;
import dev.threadwell.bench.report.Measured;
import dev.threadwell.bench.report.Page;
import dev.threadwell.bench.report.Report;
import dev.threadwell.bench.report.Table;
import dev.threadwell.bench.report.Text;
import dev.threadwell.bench.row.Lab;
import dev.threadwell.bench.row.Row;
import dev.threadwell.bench.row.WarmUp;
import dev.threadwell.bench.system.CpuTime;
import dev.threadwell.bench.system.Machine;
import dev.threadwell.bench.system.Started;
import dev.threadwell.bench.system.Target;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * {@code ./threadwell bench}: runs the benchmark's rows and prints the result as a Markdown table.
 */
public final class Bench {

    private final Options options;
    private final Path repository;
    private final List<String> machine = new ArrayList<>();
    private final List<Measured> measured = new ArrayList<>();
    private final List<List<String>> processors = new ArrayList<>();

    private Bench(Options options, Path repository) {
        this.options = options;
        this.repository = repository;
    }

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Path repository = Path.of(System.getProperty("threadwell.repository", "."));
            new Bench(Options.of(arguments), repository.toAbsolutePath().normalize()).run();
        } catch (Options.BadOptions e) {
            System.err.println("bench: " + e.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
        }
    }

    private void run() {
        machine.add(
                "measured on "
                        + LocalDate.now()
                        + (options.quick() ? ", quickly: a trial, no proof" : ""));
        machine.addAll(Machine.describe(options.home().orElse(repository)));
        if (options.home().isPresent()) {
            Target target = Target.at(options.home().get());
            measure(
                    target.reachedBy(
                            options.baseUrl().orElse(target.baseUrl()),
                            options.apiKey().orElse(target.apiKey())));
        } else {
            try (var started = Started.in(repository, options.oneJvm())) {
                measure(Target.at(started.home()));
            }
        }
        publish(Report.of(machine, measured, processorTable()));
    }

    private void measure(Target target) {
        Vertx vertx = Vertx.vertx();
        try {
            var lab = Lab.open(vertx, target, options.quick());
            machine.add(servers(lab));
            WarmUp.Done warm = WarmUp.of(lab);
            machine.add(
                    "warmed up by %,d runs, half of them streamed: %.0f per second at first, %.0f at the end"
                            .formatted(2 * warm.runs(), 2 * warm.first(), 2 * warm.last()));
            for (Row row : Row.all()) {
                if (options.wants(row.number())) {
                    measure(row, lab);
                }
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void measure(Row row, Lab lab) {
        System.err.printf("row %d: %s%n", row.number(), row.title());
        CpuTime before = CpuTime.now(lab.target());
        long start = System.nanoTime();
        measured.add(row.measure(lab));
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuTime used = CpuTime.now(lab.target()).since(before);
        used.seconds()
                .forEach(
                        (process, cpu) ->
                                processors.add(
                                        List.of(
                                                Integer.toString(row.number()),
                                                process,
                                                Text.number(cpu, 1) + " s",
                                                Text.number(100 * cpu / seconds, 0) + " %")));
        System.err.printf("row %d took %.0f s%n", row.number(), seconds);
    }

    private static String servers(Lab lab) {
        PgConnection c = lab.loop().await(() -> lab.database().connect(Database.BENCH));
        String postgres = lab.loop().await(() -> Database.text(c, "show server_version"));
        String fsync = lab.loop().await(() -> Database.text(c, "show fsync"));
        String synchronous = lab.loop().await(() -> Database.text(c, "show synchronous_commit"));
        lab.loop().await(c::close);
        return "PostgreSQL %s (fsync %s, synchronous_commit %s), Kafka %s, processes: %s"
                .formatted(
                        postgres,
                        fsync,
                        synchronous,
                        AppInfoParser.getVersion(),
                        String.join(
                                ", ",
                                lab.target().processes().stream()
                                        .map(Target.RunningProcess::id)
                                        .toList()));
    }

    private String processorTable() {
        return Table.of(List.of("row", "process", "processor time", "of one core"), processors);
    }

    private void publish(String report) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(report);
        if (options.write().isPresent()) {
            Path page = options.write().get();
            try {
                Files.writeString(page, Page.with(Files.readString(page), report));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
