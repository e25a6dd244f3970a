package dev.threadwell.file;

import java.util.Locale;

/** The statuses of an upload; only a pending upload can change. */
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
