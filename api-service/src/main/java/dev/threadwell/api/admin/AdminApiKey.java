package dev.threadwell.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.threadwell.api.admin.store.AdminKeyRow;
import dev.threadwell.api.admin.store.AuditDocument;
import org.jspecify.annotations.Nullable;

/**
 * An admin key, as the API shows it.
 *
 * @param value the key itself, in the answer to its creation only
 */
public record AdminApiKey(
        String object,
        String id,
        String name,
        String redactedValue,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String value,
        long createdAt,
        @Nullable Long expiresAt,
        @Nullable Long lastUsedAt,
        Owner owner) {

    static final String OBJECT = "organization.admin_api_key";

    /** The owner: the installation, because there are no users. */
    public record Owner(
            String type, String object, String id, String name, long createdAt, String role) {}

    static AdminApiKey of(AdminKeyRow row) {
        return of(row, null);
    }

    static AdminApiKey of(AdminKeyRow row, @Nullable String value) {
        long created = row.createdAt().getEpochSecond();
        return new AdminApiKey(
                OBJECT,
                row.id(),
                row.name(),
                row.hint(),
                value,
                created,
                Times.shown(row.expiresAt()),
                Times.shown(row.lastUsedAt()),
                new Owner(
                        "user",
                        "organization.user",
                        AuditDocument.OWNER,
                        "Threadwell",
                        created,
                        "owner"));
    }
}
