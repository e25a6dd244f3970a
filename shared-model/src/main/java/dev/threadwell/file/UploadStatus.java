package dev.threadwell.file;

import java.util.Locale;

/** The states of an upload; only a pending one changes. */
public enum UploadStatus {
    PENDING,
    COMPLETED,
    CANCELLED,
    EXPIRED;

    /** Its name in the API. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
