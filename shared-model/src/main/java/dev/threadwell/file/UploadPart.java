package dev.threadwell.file;

/** A part of an upload, its components in the order in which the API writes them. */
public record UploadPart(String id, String object, long createdAt, String uploadId) {

    /** The value of {@code object}. */
    public static final String OBJECT = "upload.part";
}
