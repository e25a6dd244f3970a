package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.ApiKeyRow;
import org.jspecify.annotations.Nullable;

/**
 * A new key of a service account.
 *
 * @param value the key itself, which is shown here and never again
 */
public record NewKey(
        String object,
        String value,
        String name,
        long createdAt,
        String id,
        @Nullable Long expiresAt) {

    static NewKey of(ApiKeyRow row, String value) {
        return new NewKey(
                "organization.project.service_account.api_key",
                value,
                row.name(),
                row.createdAt().getEpochSecond(),
                row.id(),
                Times.shown(row.expiresAt()));
    }
}
