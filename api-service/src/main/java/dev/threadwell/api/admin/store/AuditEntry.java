package dev.threadwell.api.admin.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of the audit log says of a change.
 *
 * @param type the type of the event, e.g. {@code project.created}
 * @param project the project that it concerns; null if none
 * @param resourceId the object that was changed
 * @param details the event's object, as the API shows it
 * @param before the values that were changed, as they were before; empty if there were none
 */
public record AuditEntry(
        String type,
        @Nullable ProjectRow project,
        String resourceId,
        Map<String, Object> details,
        Map<String, Object> before) {}
