package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.ApiKeyRow;
import dev.threadwell.api.admin.store.AuditDocument;
import dev.threadwell.api.admin.store.ServiceAccountRow;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key of a project, as the API shows it: without its value. */
final class ProjectKey {

    static final String OBJECT = "organization.project.api_key";

    private static final String CREATED_AT = "created_at";

    private ProjectKey() {}

    /**
     * The object.
     *
     * @param extensions whether the client asks for the fields that the original does not have: it
     *     shows no scopes
     */
    static Map<String, Object> of(ApiKeyRow row, boolean extensions) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("object", OBJECT);
        key.put("redacted_value", row.hint());
        key.put("name", row.name());
        key.put(CREATED_AT, row.createdAt().getEpochSecond());
        key.put("last_used_at", Times.shown(row.lastUsedAt()));
        key.put("expires_at", Times.shown(row.expiresAt()));
        key.put("id", row.id());
        key.put("owner_project_access", "active");
        key.put("owner", owner(row));
        if (extensions) {
            key.put("scopes", row.scopes().names());
        }
        return key;
    }

    /** A key that the configuration has given belongs to the installation, which is a user. */
    private static Map<String, Object> owner(ApiKeyRow row) {
        ServiceAccountRow account = row.owner();
        return account == null
                ? owner("user", installation(row))
                : owner("service_account", account(account));
    }

    private static Map<String, Object> owner(String type, Map<String, Object> object) {
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("type", type);
        owner.put(type, object);
        return owner;
    }

    private static Map<String, Object> installation(ApiKeyRow row) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", AuditDocument.OWNER);
        user.put("email", "");
        user.put("name", "Threadwell");
        user.put(CREATED_AT, row.createdAt().getEpochSecond());
        user.put("role", "owner");
        return user;
    }

    private static Map<String, Object> account(ServiceAccountRow row) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("id", row.id());
        account.put("name", row.name());
        account.put(CREATED_AT, row.createdAt().getEpochSecond());
        account.put("role", row.role());
        return account;
    }
}
