package dev.threadwell.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps what was measured, as rows of a table: {@code target/figures.md}. */
final class Figures {

    private static final Path FILE = Environment.MODULE.resolve("target/figures.md");

    private Figures() {}

    static void begin() {
        write("| what | seconds | what clients met |\n|---|---|---|\n", StandardOpenOption.CREATE);
    }

    static void add(String what, Duration took, String met) {
        String row = "| %s | %.1f | %s |\n".formatted(what, took.toMillis() / 1e3, met);
        System.out.print(row);
        write(row, StandardOpenOption.APPEND);
    }

    private static void write(String text, StandardOpenOption how) {
        try {
            Files.createDirectories(FILE.getParent());
            if (how == StandardOpenOption.CREATE) {
                Files.writeString(FILE, text);
            } else {
                Files.writeString(FILE, text, StandardOpenOption.CREATE, how);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
