package dev.threadwell.run;

/** What has to follow a move; the store turns each into a row of the outbox. */
public enum Effect {
    /** Subscribers hear of the run as it is now. */
    ANNOUNCE,
    /** A worker is to take the run. */
    REQUEST,
    /** Whoever works on the run is to stop. */
    STOP_WORK
}
