package dev.threadwell.api.admin;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.Rules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads and shows the times of keys. */
final class Times {

    static final String EXPIRES = "expires_in_seconds";

    private static final int YEAR = 31_536_000;

    private Times() {}

    /** From a second to a year. */
    static Rule expiry() {
        return Rules.between(1, YEAR);
    }

    /** When a key expires that is made or changed now; null if the request does not say. */
    static @Nullable Instant expiry(Body body, Instant now) {
        Integer seconds = body.integer(EXPIRES);
        return seconds == null ? null : now.plusSeconds(seconds);
    }

    static @Nullable Long shown(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(time.getEpochSecond());
    }
}
