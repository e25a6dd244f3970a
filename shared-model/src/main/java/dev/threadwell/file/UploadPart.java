package dev.threadwell.file;

/** A part of an upload, with its components in the API's order. */
public record UploadPart(String id, String object, long createdAt, String uploadId) {

    /** The value of {@code object}. */
    public static final String OBJECT = "upload.part";
}
