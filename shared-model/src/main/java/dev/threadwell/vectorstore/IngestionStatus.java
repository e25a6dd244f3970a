package dev.threadwell.vectorstore;

/** How far the reading of a file, or of a batch of files, has come. */
public enum IngestionStatus {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    CANCELLED
}
