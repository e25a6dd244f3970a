package dev.threadwell.clients;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * What this machine cannot run, for want of a runtime or a registry: it is said, and skipped. A
 * build server (the variable {@code CI}) leaves nothing out.
 */
final class LeftOut {

    private static final List<String> REASONS = new CopyOnWriteArrayList<>();

    private LeftOut() {}

    static RuntimeException because(String reason, @Nullable Throwable cause) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(reason, cause);
        }
        REASONS.add(reason);
        return new TestAbortedException("left out: " + reason, cause);
    }

    static List<String> reasons() {
        return List.copyOf(REASONS);
    }
}
