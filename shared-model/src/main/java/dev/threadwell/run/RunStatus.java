package dev.threadwell.run;

import java.util.Locale;

/** The statuses of a run; the last five are final. */
public enum RunStatus {
    QUEUED,
    IN_PROGRESS,
    REQUIRES_ACTION,
    CANCELLING,
    CANCELLED,
    FAILED,
    COMPLETED,
    INCOMPLETE,
    EXPIRED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The status in JSON. */
    public String wire() {
        return wire;
    }

    /** Whether the run is not final, and so locks its thread. */
    public boolean isActive() {
        return switch (this) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING -> true;
            case CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED -> false;
        };
    }

    /**
     * Whether a stream or a poll ends with this status: the run has ended or waits for its client.
     */
    public boolean endsStream() {
        return this == REQUIRES_ACTION || !isActive();
    }
}
