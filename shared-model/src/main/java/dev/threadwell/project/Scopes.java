package dev.threadwell.project;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scopes of an API key. A key without scopes is not restricted.
 *
 * @param granted the scopes by their names, e.g. {@code api.threads.write}
 */
public record Scopes(Set<String> granted) {

    /** The scope that allows all reading. */
    public static final String READ_ALL = "api.all.read";

    /** The scope of runs: threads with their messages, runs and steps. */
    public static final String WRITE_THREADS = "api.threads.write";

    /** The names of all scopes. */
    public static final List<String> NAMES =
            List.of(
                    READ_ALL,
                    "api.assistants.read",
                    "api.assistants.write",
                    "api.threads.read",
                    WRITE_THREADS,
                    "api.files.read",
                    "api.files.write",
                    "api.vector_stores.read",
                    "api.vector_stores.write",
                    "api.model.read");

    /** No restriction. */
    public static final Scopes UNRESTRICTED = new Scopes(Set.of());

    private static final String READ = ".read";
    private static final String WRITE = ".write";

    public Scopes {
        granted = Set.copyOf(granted);
    }

    /** Scopes from their stored form: names, separated by spaces. */
    public static Scopes stored(String names) {
        return names.isEmpty()
                ? UNRESTRICTED
                : new Scopes(new LinkedHashSet<>(List.of(names.split(" ", -1))));
    }

    /** The stored form. */
    public String stored() {
        return String.join(" ", names());
    }

    /** The names in a fixed order. */
    public List<String> names() {
        return granted.stream().sorted().toList();
    }

    /**
     * Whether these scopes allow what needs this one. Who may write may read; scopes of which a key
     * has none are needed for what only an unrestricted key may do.
     */
    public boolean allow(String needed) {
        if (granted.isEmpty() || granted.contains(needed)) {
            return true;
        }
        return needed.endsWith(READ)
                && (granted.contains(READ_ALL)
                        || granted.contains(
                                needed.substring(0, needed.length() - READ.length()) + WRITE));
    }
}
