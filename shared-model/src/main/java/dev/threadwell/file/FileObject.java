package dev.threadwell.file;

import org.jspecify.annotations.Nullable;

/** A file, with its components in the API's order. */
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

    /** A new file; it needs no processing. */
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
