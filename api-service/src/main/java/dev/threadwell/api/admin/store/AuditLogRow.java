package dev.threadwell.api.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** An entry of the audit log, which never changes. */
@Entity
@Table(name = "audit_logs")
public class AuditLogRow {

    @Id private String id;

    @Generated
    @Column(insertable = false, updatable = false)
    private long seq;

    @Column(nullable = false, updatable = false)
    private String type;

    @Column(name = "effective_at", nullable = false, updatable = false)
    private Instant effectiveAt;

    @Column(name = "project_id", updatable = false)
    private @Nullable String projectId;

    @Column(name = "actor_id", nullable = false, updatable = false)
    private String actorId;

    @Column(name = "resource_id", nullable = false, updatable = false)
    private String resourceId;

    @Column(nullable = false, updatable = false)
    @ColumnTransformer(read = "cast(document as text)", write = "cast(cast(? as text) as json)")
    private String document;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    AuditLogRow() {}

    AuditLogRow(String id, AuditEntry entry, String actorId, Instant effectiveAt, String document) {
        this.id = id;
        this.type = entry.type();
        this.effectiveAt = effectiveAt;
        this.projectId = entry.project() == null ? null : entry.project().id();
        this.actorId = actorId;
        this.resourceId = entry.resourceId();
        this.document = document;
    }

    public String id() {
        return id;
    }

    /** The entry as JSON. */
    public String document() {
        return document;
    }
}
