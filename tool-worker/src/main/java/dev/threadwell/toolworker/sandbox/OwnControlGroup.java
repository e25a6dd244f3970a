package dev.threadwell.toolworker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the cgroup v2 of this process. */
final class OwnControlGroup {

    private static final Logger LOG = Logger.getLogger(OwnControlGroup.class);

    private static final String UNIFIED = "0::";

    private OwnControlGroup() {}

    /** Its path within the hierarchy, or null. */
    static @Nullable String path() {
        try {
            return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .filter(line -> line.startsWith(UNIFIED))
                    .map(line -> line.substring(UNIFIED.length()))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            LOG.debugf("no control groups reason=%s", e.getMessage());
            return null;
        }
    }
}
