package dev.threadwell.flow;

import java.util.Locale;

/** The statuses of a run, as clients see them. */
public enum Status {
    QUEUED,
    IN_PROGRESS,
    REQUIRES_ACTION,
    CANCELLING,
    CANCELLED,
    FAILED,
    COMPLETED,
    INCOMPLETE,
    EXPIRED;

    public static Status of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    public boolean isFinal() {
        return switch (this) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING -> false;
            case CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED -> true;
        };
    }
}
