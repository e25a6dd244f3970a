package dev.threadwell.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of a new run on a thread that another run holds. */
public enum BusyThread {
    /** It is refused, as in the original. */
    REJECT,
    /** It waits until those before it have ended. */
    ENQUEUE,
    /** Those before it are cancelled, and it starts when the last of them has ended. */
    INTERRUPT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The policy as settings and headers have it. */
    public String wire() {
        return wire;
    }

    /** The policy of this name; null if there is none. */
    public static @Nullable BusyThread named(String wire) {
        return Arrays.stream(values()).filter(p -> p.wire.equals(wire)).findFirst().orElse(null);
    }

    /** The names of all of them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(BusyThread::wire).toList();
    }
}
