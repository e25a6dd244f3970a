package dev.threadwell.run;

/**
 * The messages that a change of a run requires; the store inserts one row into the outbox for each.
 */
public enum Effect {
    /** Publishes the current state of the run to subscribers. */
    ANNOUNCE,
    /** Requests that a worker claims the run. */
    REQUEST,
    /** Tells all workers that work on the run to stop. */
    STOP_WORK
}
