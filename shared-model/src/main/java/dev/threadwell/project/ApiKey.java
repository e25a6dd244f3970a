package dev.threadwell.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of a project, which is neither revoked nor expired.
 *
 * @param archived whether the project is archived, so that the key opens nothing
 */
public record ApiKey(
        String id, Project project, Scopes scopes, @Nullable Instant expiresAt, boolean archived) {

    /** Whether the key has expired since it was looked up. */
    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
