package dev.threadwell.api.admin.store;

import dev.threadwell.project.AdminKey;
import dev.threadwell.wire.PublicJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the stored document of an entry of the audit log: the API's object and one more field. */
public final class AuditDocument {

    /** The field with the values before the change, shown to clients that ask for extensions. */
    public static final String BEFORE = "threadwell_before";

    /** The owner of all admin keys, because there are no users. */
    public static final String OWNER = "user-threadwell";

    private AuditDocument() {}

    static String of(String id, AuditEntry entry, AdminKey actor, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("type", entry.type());
        document.put("effective_at", now.getEpochSecond());
        ProjectRow project = entry.project();
        if (project != null) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", project.id());
            shown.put("name", project.name());
            document.put("project", shown);
        }
        document.put("actor", actor(actor));
        document.put(entry.type(), entry.details());
        if (!entry.before().isEmpty()) {
            document.put(BEFORE, entry.before());
        }
        return PublicJson.of(document).text();
    }

    private static Map<String, Object> actor(AdminKey key) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", OWNER);
        user.put("email", "");
        Map<String, Object> apiKey = new LinkedHashMap<>();
        apiKey.put("id", key.id());
        apiKey.put("type", "user");
        apiKey.put("user", user);
        Map<String, Object> actor = new LinkedHashMap<>();
        actor.put("type", "api_key");
        actor.put("api_key", apiKey);
        return actor;
    }
}
