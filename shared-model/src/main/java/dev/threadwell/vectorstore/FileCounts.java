package dev.threadwell.vectorstore;

/** How many files of a store or a batch are in which status. */
public record FileCounts(int inProgress, int completed, int failed, int cancelled, int total) {

    /** No files at all. */
    public static final FileCounts NONE = of(0, 0, 0, 0);

    /** These counts, and their sum. */
    public static FileCounts of(int inProgress, int completed, int failed, int cancelled) {
        return new FileCounts(
                inProgress,
                completed,
                failed,
                cancelled,
                inProgress + completed + failed + cancelled);
    }
}
