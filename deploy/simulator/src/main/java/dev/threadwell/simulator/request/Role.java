package dev.threadwell.simulator.request;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The author of a message. */
public enum Role {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Role of(String wire) {
        return Arrays.stream(values()).filter(r -> r.wire().equals(wire)).findFirst().orElse(null);
    }
}
