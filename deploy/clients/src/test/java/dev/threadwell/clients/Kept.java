package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A note beside an installation that says what was installed, so that a registry is asked once. */
final class Kept {

    private Kept() {}

    static boolean says(Path note, List<String> what) {
        try {
            return Files.exists(note) && Files.readAllLines(note).equals(what);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + note, failure);
        }
    }

    static void say(Path note, List<String> what) {
        try {
            Files.write(note, what);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + note, failure);
        }
    }
}
