package dev.threadwell.file;

import org.jspecify.annotations.Nullable;

/**
 * A file that comes in parts, its components in the order in which the API writes them.
 *
 * @param file left out until the upload is completed
 */
public record Upload(
        String id,
        String object,
        long bytes,
        long createdAt,
        String filename,
        String purpose,
        UploadStatus status,
        long expiresAt,
        @Nullable FileObject file) {

    /** The value of {@code object}. */
    public static final String OBJECT = "upload";

    /** The same upload in another state. */
    public Upload with(UploadStatus next, @Nullable FileObject made) {
        return new Upload(id, object, bytes, createdAt, filename, purpose, next, expiresAt, made);
    }
}
