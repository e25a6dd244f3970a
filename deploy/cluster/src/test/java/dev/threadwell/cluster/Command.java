package dev.threadwell.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, for a limited time. */
record Command(List<String> words, String input, Duration limit) {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** What a program wrote, and how it ended. */
    record Outcome(String command, int code, String output, String errors) {

        boolean succeeded() {
            return code == 0;
        }

        /** The output of a program that has to succeed. */
        String ok() {
            if (!succeeded()) {
                throw new AssertionError(
                        "%s ended with %d: %s%s".formatted(command, code, output, errors));
            }
            return output;
        }

        JsonNode json() {
            return Json.read(ok());
        }
    }

    Command(List<String> words) {
        this(words, "", LIMIT);
    }

    /** With this on its standard input. */
    Command with(String text) {
        return new Command(words, text, limit);
    }

    Outcome run() {
        try {
            Process process = new ProcessBuilder(words).start();
            var output = text(process, true);
            var errors = text(process, false);
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name() + " has not ended within " + limit);
            }
            return new Outcome(name(), process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<String> text(Process process, boolean output) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var in = output ? process.getInputStream() : process.getErrorStream()) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private String name() {
        return String.join(" ", words);
    }
}
