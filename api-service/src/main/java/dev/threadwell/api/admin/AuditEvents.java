package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.AuditEntry;
import dev.threadwell.api.admin.store.ProjectRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the events of the audit log, in the forms of the original's document. */
final class AuditEvents {

    private static final String DATA = "data";
    private static final String CHANGES = "changes_requested";

    private AuditEvents() {}

    static AuditEntry projectCreated(ProjectRow project) {
        return made("project.created", project, project.id(), names(project.name()));
    }

    /** The original's events call the name of a project its title, too. */
    private static Map<String, Object> names(String name) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("name", name);
        names.put("title", name);
        return names;
    }

    static AuditEntry projectUpdated(ProjectRow project, String nameBefore) {
        return changed(
                "project.updated",
                project,
                project.id(),
                Map.of("title", project.name()),
                Map.of("title", nameBefore));
    }

    static AuditEntry projectArchived(ProjectRow project) {
        return ended("project.archived", project, project.id());
    }

    /** An object was made, with this payload. */
    static AuditEntry made(
            String type, @Nullable ProjectRow project, String id, Map<String, Object> payload) {
        return new AuditEntry(type, project, id, details(id, DATA, payload), Map.of());
    }

    /** An object was changed as this payload asked. */
    static AuditEntry changed(
            String type,
            @Nullable ProjectRow project,
            String id,
            Map<String, Object> payload,
            Map<String, Object> before) {
        return new AuditEntry(type, project, id, details(id, CHANGES, payload), before);
    }

    /** An object was deleted or archived. */
    static AuditEntry ended(String type, @Nullable ProjectRow project, String id) {
        return new AuditEntry(type, project, id, Map.of("id", id), Map.of());
    }

    private static Map<String, Object> details(
            String id, String name, Map<String, Object> payload) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put(name, payload);
        return details;
    }
}
