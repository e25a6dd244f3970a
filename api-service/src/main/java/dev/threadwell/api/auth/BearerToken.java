package dev.threadwell.api.auth;

import org.jspecify.annotations.Nullable;

/** Reads the key in an {@code Authorization} header. */
final class BearerToken {

    private static final String BEARER = "bearer";

    private BearerToken() {}

    /** The key; null if the header has none. */
    static @Nullable String in(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        return authorization.split(" ", 2)[0].equalsIgnoreCase(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
