package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs PostgreSQL's {@code pgbench}, if it is installed. */
final class Pgbench implements CommitRate {

    private static final Pattern TPS =
            Pattern.compile("(?m)^tps = ([0-9.]+) \\(without initial connection time\\)");

    private final Path program;
    private final Target target;
    private final int clients;

    private Pgbench(Path program, Target target, int clients) {
        this.program = program;
        this.target = target;
        this.clients = clients;
    }

    /** The one on the PATH, if any. */
    static Optional<Pgbench> find(Target target, int clients) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, "pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Pgbench(program, target, clients));
    }

    @Override
    public double perSecond(int seconds) {
        return tps(
                output(
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        "" + clients,
                        "-j",
                        "2",
                        "-T",
                        "" + seconds,
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + target.port("postgres"),
                        "-U",
                        Database.SUPERUSER,
                        Database.BENCH));
    }

    @Override
    public String name() {
        return output("--version").strip();
    }

    @Override
    public void close() {
        // Nothing to close: each measurement is a separate process that has ended.
    }

    static double tps(String output) {
        var found = TPS.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("pgbench says:\n" + output);
        }
        return Double.parseDouble(found.group(1));
    }

    private String output(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = program.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", target.postgresPassword());
        try {
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
