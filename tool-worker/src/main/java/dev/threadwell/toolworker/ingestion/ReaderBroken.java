package dev.threadwell.toolworker.ingestion;

import org.jspecify.annotations.Nullable;

/**
 * Documents cannot be read for a reason of ours, whatever the document is: the reader lacks
 * something, it crashed without having reached a limit, or there is no sandbox for it.
 */
final class ReaderBroken extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReaderBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
