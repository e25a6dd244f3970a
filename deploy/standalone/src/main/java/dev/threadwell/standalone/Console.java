package dev.threadwell.standalone;

import dev.threadwell.embedded.KafkaCredentials;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Prints the few lines meant for the user who runs {@code up}; everything else goes to the logs.
 *
 * <p>The start script names a file for these lines, because neither the script nor its terminal is
 * sure to live as long as this process.
 */
final class Console {

    private static final String FILE = "threadwell.console";

    private Console() {}

    static void say(String lines) {
        String file = System.getProperty(FILE);
        if (file == null) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println(lines);
            return;
        }
        try {
            Files.writeString(
                    Path.of(file),
                    lines + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints a warning and writes it to the log, too. */
    static void warn(String lines) {
        if (System.getProperty(FILE) != null) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8)
                    .println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " WARN  " + lines);
        }
        say(lines);
    }

    static void sayReady(Settings settings) {
        say(
                """
                Threadwell is ready.
                  base URL  %s
                  API key   %s
                  admin key %s
                  model     %s
                  Kafka     %s tells other services how to reach it\
                """
                        .formatted(
                                settings.baseUrl(),
                                settings.apiKey(),
                                settings.adminKey(),
                                settings.provider()
                                        .map(Settings.Provider::toString)
                                        .orElse(
                                                "the built-in simulator: its answers are scripted."
                                                        + " Set MODEL_BASE_URL for a real model"),
                                KafkaCredentials.clientFile(settings.home().resolve("kafka"))));
    }
}
