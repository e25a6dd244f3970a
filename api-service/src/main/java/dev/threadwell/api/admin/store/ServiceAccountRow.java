package dev.threadwell.api.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** A service account of a project, which owns keys. */
@Entity
@Table(name = "service_accounts")
public class ServiceAccountRow {

    @Id private String id;

    @Column(name = "project_id", nullable = false, updatable = false)
    private String projectId;

    @Generated
    @Column(insertable = false, updatable = false)
    private long seq;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String role;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    ServiceAccountRow() {}

    /** A new service account. */
    public ServiceAccountRow(
            String id, String projectId, String name, String role, Instant createdAt) {
        this.id = id;
        this.projectId = projectId;
        this.name = name;
        this.role = role;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public String projectId() {
        return projectId;
    }

    public String name() {
        return name;
    }

    public String role() {
        return role;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    public void rename(String newName) {
        name = newName;
    }

    public void changeRole(String newRole) {
        role = newRole;
    }

    public void delete(Instant now) {
        deletedAt = now;
    }
}
