package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.ServiceAccountRow;

/** A service account of a project, as the API shows it. */
public record ServiceAccount(String object, String id, String name, String role, long createdAt) {

    static final String OBJECT = "organization.project.service_account";

    static ServiceAccount of(ServiceAccountRow row) {
        return new ServiceAccount(
                OBJECT, row.id(), row.name(), row.role(), row.createdAt().getEpochSecond());
    }
}
