package dev.threadwell.project;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The policy for a new run on a thread that has an active run. */
public enum BusyThread {
    /** The run is rejected, as by OpenAI. */
    REJECT,
    /** The run is queued until the runs before it have ended. */
    ENQUEUE,
    /** The runs before it are cancelled, and it starts when the last of them has ended. */
    INTERRUPT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The policy's name in settings and headers. */
    public String wire() {
        return wire;
    }

    /** The policy with this name, or null. */
    public static @Nullable BusyThread named(String wire) {
        return Arrays.stream(values()).filter(p -> p.wire.equals(wire)).findFirst().orElse(null);
    }

    /** The names of all policies. */
    public static List<String> names() {
        return Arrays.stream(values()).map(BusyThread::wire).toList();
    }
}
