package dev.threadwell.vectorstore;

/** The number of files of a store or a batch, by status. */
public record FileCounts(int inProgress, int completed, int failed, int cancelled, int total) {

    /** No files. */
    public static final FileCounts NONE = of(0, 0, 0, 0);

    /** These counts with their total. */
    public static FileCounts of(int inProgress, int completed, int failed, int cancelled) {
        return new FileCounts(
                inProgress,
                completed,
                failed,
                cancelled,
                inProgress + completed + failed + cancelled);
    }
}
