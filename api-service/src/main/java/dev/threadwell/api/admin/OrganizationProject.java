package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.ProjectRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A project, as the administration shows it. */
public record OrganizationProject(
        String object,
        String id,
        String name,
        long createdAt,
        @Nullable Long archivedAt,
        String status) {

    static OrganizationProject of(ProjectRow row) {
        Instant archived = row.archivedAt();
        return new OrganizationProject(
                "organization.project",
                row.id(),
                row.name(),
                row.createdAt().getEpochSecond(),
                archived == null ? null : archived.getEpochSecond(),
                archived == null ? "active" : "archived");
    }
}
