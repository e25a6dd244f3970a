package dev.threadwell.api.admin.store;

import dev.threadwell.project.KeyValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** A key of the administration; of its value only the hash is stored. */
@Entity
@Table(name = "admin_keys")
public class AdminKeyRow {

    @Id private String id;

    @Column(nullable = false, updatable = false)
    private byte[] hash;

    @Generated
    @Column(insertable = false, updatable = false)
    private long seq;

    @Column(nullable = false, updatable = false)
    private String name;

    @Column(nullable = false, updatable = false)
    private String hint;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    private @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    /** Written by the hot path alone. */
    @Column(name = "last_used_at", insertable = false, updatable = false)
    private @Nullable Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields
    AdminKeyRow() {}

    /** A new key with this value. */
    public AdminKeyRow(
            String id, String value, String name, Instant createdAt, @Nullable Instant expiresAt) {
        this.id = id;
        this.hash = KeyValue.hash(value);
        this.hint = KeyValue.redacted(value);
        this.name = name;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String hint() {
        return hint;
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

    public void revoke(Instant now) {
        revokedAt = now;
    }
}
