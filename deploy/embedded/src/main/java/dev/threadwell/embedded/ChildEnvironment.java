package dev.threadwell.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Builds the environment of a child process from an allowlist of standard variables and its own.
 * The rest of the user's environment, above all keys, is not inherited, so that secrets do not
 * leak.
 */
public final class ChildEnvironment {

    private static final Set<String> NAMES =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "LANGUAGE",
                    "TZ",
                    "TZDIR",
                    "TMPDIR",
                    "JAVA_HOME",
                    "JAVA_TOOL_OPTIONS",
                    "JDK_JAVA_OPTIONS",
                    "LD_LIBRARY_PATH",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR");

    private static final List<String> PROXIES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY");

    private ChildEnvironment() {}

    /** The standard variables only. */
    public static void plain(ProcessBuilder child) {
        only(child, name -> false, Map.of());
    }

    /**
     * The standard variables and more.
     *
     * @param passed which other variables of the user's environment the program inherits
     * @param own variables for this program only; they override inherited ones
     */
    public static void only(
            ProcessBuilder child, Predicate<String> passed, Map<String, String> own) {
        Map<String, String> environment = child.environment();
        Map<String, String> ours = new HashMap<>(environment);
        environment.clear();
        ours.forEach(
                (name, value) -> {
                    if (isNeededAnywhere(name) || passed.test(name)) {
                        environment.put(name, value);
                    }
                });
        environment.putAll(own);
    }

    private static boolean isNeededAnywhere(String name) {
        return NAMES.contains(name)
                || name.startsWith("LC_")
                || PROXIES.stream().anyMatch(name::equalsIgnoreCase);
    }
}
