package dev.threadwell.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key of the administration, which is neither revoked nor expired. */
public record AdminKey(String id, @Nullable Instant expiresAt) {

    /** Whether the key has expired since it was looked up. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
