package dev.threadwell.toolworker.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports which of the programs that a sandbox needs are not installed. */
final class MissingPrograms {

    private static final List<String> PATH = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private MissingPrograms() {}

    /** The missing programs and their packages, or null if none is missing. */
    static @Nullable String of(boolean root) {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("bwrap", "bubblewrap");
        packages.put("unshare", "util-linux");
        packages.put("prlimit", "util-linux");
        packages.put("mount", "mount");
        if (root) {
            packages.put("setpriv", "util-linux");
        }
        List<String> missing = new ArrayList<>();
        packages.forEach(
                (program, source) -> {
                    if (PATH.stream().noneMatch(d -> Files.isExecutable(Path.of(d, program)))) {
                        missing.add("%s (package %s)".formatted(program, source));
                    }
                });
        return missing.isEmpty() ? null : "not installed: " + String.join(", ", missing);
    }
}
