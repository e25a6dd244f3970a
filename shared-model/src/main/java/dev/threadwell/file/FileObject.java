package dev.threadwell.file;

import org.jspecify.annotations.Nullable;

/** A file, its components in the order in which the API writes them. */
public record FileObject(
        String object,
        String id,
        String purpose,
        String filename,
        long bytes,
        long createdAt,
        @Nullable Long expiresAt,
        String status,
        @Nullable String statusDetails) {

    /** The value of {@code object}. */
    public static final String OBJECT = "file";

    private static final String PROCESSED = "processed";

    /** A new file; nothing is left to be done to it. */
    public static FileObject created(
            String id,
            Purpose purpose,
            String filename,
            long bytes,
            long createdAt,
            @Nullable Long expiresAt) {
        return new FileObject(
                OBJECT, id, purpose.wire(), filename, bytes, createdAt, expiresAt, PROCESSED, null);
    }
}
