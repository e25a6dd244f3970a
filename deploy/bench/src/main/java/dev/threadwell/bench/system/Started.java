package dev.threadwell.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Threadwell that is started on an empty data directory for the duration of the benchmark.
 *
 * @param home its data directory, on the repository's disk
 */
public record Started(Path repository, Path home) implements AutoCloseable {

    private static final List<String> ONE_JVM = List.of("./threadwell", "up", "--detach");
    private static final List<String> SPLIT =
            List.of(
                    "./threadwell",
                    "up",
                    "--detach",
                    "--split",
                    "--api",
                    "1",
                    "--run-workers",
                    "1",
                    "--tool-workers",
                    "1");

    /** Starts it by the script as a user would, with the simulator as its model. */
    public static Started in(Path repository, boolean oneJvm) {
        try {
            Path parent = Files.createDirectories(repository.resolve("deploy/bench/target"));
            var started = new Started(repository, Files.createTempDirectory(parent, "home"));
            started.run(oneJvm ? ONE_JVM : SPLIT);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command) {
        try {
            var builder = new ProcessBuilder(command).directory(repository.toFile());
            builder.environment().put("THREADWELL_HOME", home.toString());
            builder.environment().put("THREADWELL_PORT", Integer.toString(freePort()));
            builder.environment().keySet().removeAll(List.of("MODEL_BASE_URL", "MODEL_API_KEY"));
            builder.redirectErrorStream(true);
            Process process = builder.start();
            process.getInputStream().transferTo(System.err);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Stops it and deletes its data. */
    @Override
    public void close() {
        run(List.of("./threadwell", "down"));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
