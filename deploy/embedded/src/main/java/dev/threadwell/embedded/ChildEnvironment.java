package dev.threadwell.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The environment of a process that we start: what programs need anywhere, and what is meant for
 * it. Whatever else the user's environment has, keys above all, is not passed on.
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

    /** What a program needs that asks for nothing of ours. */
    public static void plain(ProcessBuilder child) {
        only(child, name -> false, Map.of());
    }

    /**
     * What a program needs anywhere, and more.
     *
     * @param passed which other variables of the user's environment the program gets
     * @param own what is said to this program alone; it goes before what the user says
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
