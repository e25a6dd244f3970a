package dev.threadwell.vectorstore;

/** Files that were added to a vector store in one request. */
public record FileBatch(
        String id,
        String object,
        long createdAt,
        IngestionStatus status,
        String vectorStoreId,
        FileCounts fileCounts) {

    /** The value of {@code object} that OpenAI really sends; its schema says otherwise. */
    public static final String OBJECT = "vector_store.file_batch";

    /** A new batch. */
    public static FileBatch created(String id, String vectorStoreId, long now) {
        return new FileBatch(
                id, OBJECT, now, IngestionStatus.IN_PROGRESS, vectorStoreId, FileCounts.NONE);
    }

    /** This batch with its current progress; a cancelled batch stays cancelled. */
    public FileBatch with(FileCounts counts, boolean cancelled) {
        return new FileBatch(
                id, object, createdAt, status(counts, cancelled), vectorStoreId, counts);
    }

    private static IngestionStatus status(FileCounts counts, boolean cancelled) {
        if (cancelled) {
            return IngestionStatus.CANCELLED;
        }
        if (counts.inProgress() > 0) {
            return IngestionStatus.IN_PROGRESS;
        }
        return counts.failed() > 0 && counts.completed() == 0
                ? IngestionStatus.FAILED
                : IngestionStatus.COMPLETED;
    }
}
