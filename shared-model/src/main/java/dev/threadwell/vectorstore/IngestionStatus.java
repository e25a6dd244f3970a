package dev.threadwell.vectorstore;

/** The ingestion status of a file or of a batch of files. */
public enum IngestionStatus {
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    CANCELLED
}
