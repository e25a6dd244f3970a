package dev.threadwell.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end in a directory, for a limited time. */
record Command(List<String> words, Path directory, Map<String, String> environment) {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** The same program with these words behind its own. */
    Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, directory, environment);
    }

    /** Runs it, and returns what it wrote; it has to succeed. */
    String runs() {
        String name = String.join(" ", words);
        try {
            Path output = temporary();
            var builder =
                    new ProcessBuilder(words)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "%s has not ended within %s: %s"
                                .formatted(name, LIMIT, Files.readString(output)));
            }
            String text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        "%s ended with %d: %s".formatted(name, process.exitValue(), text));
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    // What a program writes goes through a file, because what it starts may hold a pipe open.
    private static Path temporary() throws IOException {
        Path target = Files.createDirectories(Environment.MODULE.resolve("target"));
        return Files.createTempFile(target, "command", ".log");
    }
}
