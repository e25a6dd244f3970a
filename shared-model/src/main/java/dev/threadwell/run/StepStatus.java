package dev.threadwell.run;

/** The statuses of a run step. */
public enum StepStatus {
    IN_PROGRESS,
    CANCELLED,
    FAILED,
    COMPLETED,
    EXPIRED
}
