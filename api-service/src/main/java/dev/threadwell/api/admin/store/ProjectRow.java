package dev.threadwell.api.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** A project. */
@Entity
@Table(name = "projects")
public class ProjectRow {

    @Id private String id;

    @Generated
    @Column(insertable = false, updatable = false)
    private long seq;

    @Column(nullable = false)
    private String name;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "archived_at")
    private @Nullable Instant archivedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    ProjectRow() {}

    /** A new project. */
    public ProjectRow(String id, String name, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant archivedAt() {
        return archivedAt;
    }

    /** Whether the project is archived, which it stays. */
    public boolean isArchived() {
        return archivedAt != null;
    }

    public void rename(String newName) {
        name = newName;
    }

    public void archive(Instant now) {
        archivedAt = now;
    }
}
