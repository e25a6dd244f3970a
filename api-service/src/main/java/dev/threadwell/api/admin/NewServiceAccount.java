package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.ServiceAccountRow;
import org.jspecify.annotations.Nullable;

/**
 * A new service account with its first key.
 *
 * @param apiKey the key; null if none was asked for
 */
public record NewServiceAccount(
        String object,
        String id,
        String name,
        String role,
        long createdAt,
        @Nullable NewKey apiKey) {

    static NewServiceAccount of(ServiceAccountRow row, @Nullable NewKey key) {
        return new NewServiceAccount(
                ServiceAccount.OBJECT,
                row.id(),
                row.name(),
                row.role(),
                row.createdAt().getEpochSecond(),
                key);
    }
}
