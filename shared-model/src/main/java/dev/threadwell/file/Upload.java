package dev.threadwell.file;

import org.jspecify.annotations.Nullable;

/**
 * A file that is uploaded in parts, with its components in the API's order.
 *
 * @param file null until the upload is completed
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

    /** The same upload in another status. */
    public Upload with(UploadStatus next, @Nullable FileObject made) {
        return new Upload(id, object, bytes, createdAt, filename, purpose, next, expiresAt, made);
    }
}
