package dev.threadwell.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that starts a process in the fast tier: such a class needs the tag {@code
 * server}.
 *
 * <p>PostgreSQL, the sandbox and the services are processes. Kafka runs inside the JVM of the
 * tests, but the fast tier does not start it.
 */
public final class FastTierGuard implements BeforeAllCallback, AfterAllCallback {

    /** The system property that names the tier: {@code fast} or {@code all}. */
    public static final String TIER = "threadwell.test.tier";

    private static final Namespace NAMESPACE = Namespace.create(FastTierGuard.class);
    private static final Path STATUS = Path.of("/proc/self/stat");

    /** Counted behind the program's name and the state: page faults of children that have ended. */
    private static final int FAULTS_OF_CHILDREN = 8;

    @Override
    public void beforeAll(ExtensionContext context) {
        if ("fast".equals(System.getProperty(TIER))) {
            context.getStore(NAMESPACE).put(FastTierGuard.class, faultsOfChildren());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Long before = context.getStore(NAMESPACE).get(FastTierGuard.class, Long.class);
        if (before != null && hasStartedProcess(before)) {
            throw new AssertionError(
                    "%s starts a process: it needs @Tag(\"server\"), see docs/testing.md"
                            .formatted(context.getRequiredTestClass().getName()));
        }
    }

    private static boolean hasStartedProcess(long faultsBefore) {
        return faultsOfChildren() > faultsBefore
                || ProcessHandle.current().children().findAny().isPresent();
    }

    /**
     * Grows with every child process that ends, because none starts without page faults. Where the
     * system does not count them only children that still run are seen.
     */
    private static long faultsOfChildren() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try {
            String status = Files.readString(STATUS);
            // The program's name may contain blanks and brackets.
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[FAULTS_OF_CHILDREN]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
