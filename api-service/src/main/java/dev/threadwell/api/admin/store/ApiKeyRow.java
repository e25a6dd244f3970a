package dev.threadwell.api.admin.store;

import dev.threadwell.project.KeyValue;
import dev.threadwell.project.Scopes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** A key of a project; of its value only the hash is stored. */
@Entity
@Table(name = "api_keys")
public class ApiKeyRow {

    @Id private String id;

    @Column(nullable = false, updatable = false)
    private byte[] hash;

    @Column(name = "project_id", nullable = false, updatable = false)
    private String projectId;

    @Generated
    @Column(insertable = false, updatable = false)
    private long seq;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false, updatable = false)
    private String hint;

    /** Null for a key that the configuration has given. */
    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "service_account_id", updatable = false)
    private @Nullable ServiceAccountRow owner;

    @Column(nullable = false)
    private String scopes;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    /** Written by the hot path alone. */
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private @Nullable Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    ApiKeyRow() {}

    /** A new key with this value. */
    public ApiKeyRow(
            String id,
            String value,
            ServiceAccountRow owner,
            String name,
            Scopes scopes,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        this.id = id;
        this.hash = KeyValue.hash(value);
        this.hint = KeyValue.redacted(value);
        this.projectId = owner.projectId();
        this.owner = owner;
        this.name = name;
        this.scopes = scopes.stored();
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
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

    public String hint() {
        return hint;
    }

    public @Nullable ServiceAccountRow owner() {
        return owner;
    }

    public Scopes scopes() {
        return Scopes.stored(scopes);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant lastUsedAt() {
        return lastUsedAt;
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    public void restrict(Scopes newScopes) {
        scopes = newScopes.stored();
    }

    public void expire(Instant at) {
        expiresAt = at;
    }

    public void revoke(Instant now) {
        revokedAt = now;
    }
}
