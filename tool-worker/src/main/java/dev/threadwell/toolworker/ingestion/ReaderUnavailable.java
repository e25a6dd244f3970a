package dev.threadwell.toolworker.ingestion;

import org.jspecify.annotations.Nullable;

/**
 * No document can be read for a reason of ours: the reader lacks a class, crashed without reaching
 * a limit, or there is no sandbox for it.
 */
public final class ReaderUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReaderUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
