package dev.threadwell.vectorstore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vector store, with its components in the API's order. */
public record VectorStore(
        String id,
        String object,
        long createdAt,
        @Nullable String name,
        @Nullable String description,
        long usageBytes,
        FileCounts fileCounts,
        Status status,
        @Nullable ExpiresAfter expiresAfter,
        @Nullable Long expiresAt,
        long lastActiveAt,
        Map<String, String> metadata) {

    /** The value of {@code object}. */
    public static final String OBJECT = "vector_store";

    private static final long DAY = 86_400;

    /** The statuses of a store. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        EXPIRED
    }

    /** The expiration policy of a store. */
    public record ExpiresAfter(String anchor, int days) {

        /** Expires after this many days without use. */
        public static ExpiresAfter idleDays(int days) {
            return new ExpiresAfter("last_active_at", days);
        }
    }

    /** A new store without files. */
    public static VectorStore created(
            String id,
            long now,
            @Nullable String name,
            @Nullable String description,
            @Nullable ExpiresAfter expiresAfter,
            Map<String, String> metadata) {
        return new VectorStore(
                        id,
                        OBJECT,
                        now,
                        name,
                        description,
                        0,
                        FileCounts.NONE,
                        Status.COMPLETED,
                        expiresAfter,
                        null,
                        now,
                        metadata)
                .with(FileCounts.NONE, 0, now, now);
    }

    /** This store in its current state, with its files' counts and size and its last use. */
    public VectorStore with(FileCounts counts, long bytes, long usedAt, long now) {
        Long end = expiresAfter == null ? null : Long.valueOf(usedAt + expiresAfter.days() * DAY);
        return new VectorStore(
                id,
                object,
                createdAt,
                name,
                description,
                bytes,
                counts,
                status(counts, end, now),
                expiresAfter,
                end,
                usedAt,
                metadata);
    }

    private static Status status(FileCounts counts, @Nullable Long end, long now) {
        if (end != null && end <= now) {
            return Status.EXPIRED;
        }
        return counts.inProgress() > 0 ? Status.IN_PROGRESS : Status.COMPLETED;
    }

    /** This store with another name, expiration policy and metadata. */
    public VectorStore described(
            @Nullable String newName,
            @Nullable ExpiresAfter newExpiry,
            Map<String, String> newMetadata) {
        return new VectorStore(
                id,
                object,
                createdAt,
                newName,
                description,
                usageBytes,
                fileCounts,
                status,
                newExpiry,
                expiresAt,
                lastActiveAt,
                newMetadata);
    }

    /** Whether it has expired; an expired store can only be retrieved and deleted. */
    public boolean expired() {
        return status == Status.EXPIRED;
    }
}
