package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * What this machine cannot run: it is skipped, and {@code ./threadwell test} says so at its end. A
 * build server (the variable {@code CI}) leaves out only what needs a compiler that nobody installs
 * for the tests.
 */
final class LeftOut {

    private static final List<String> REASONS = new CopyOnWriteArrayList<>();

    private LeftOut() {}

    /** For want of a runtime or a registry. */
    static RuntimeException because(String reason, @Nullable Throwable cause) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(reason, cause);
        }
        return skipped(reason, cause);
    }

    /** For want of a compiler that a machine need not have. */
    static RuntimeException optional(String reason) {
        return skipped(reason, null);
    }

    private static RuntimeException skipped(String reason, @Nullable Throwable cause) {
        REASONS.add(reason);
        try {
            Files.write(Path.of("target", "left-out"), List.copyOf(REASONS));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot say what is left out", failure);
        }
        return new TestAbortedException("left out: " + reason, cause);
    }

    static List<String> reasons() {
        return List.copyOf(REASONS);
    }
}
