package dev.threadwell.thread;

/** The statuses of a message. */
public enum MessageStatus {
    IN_PROGRESS,
    COMPLETED,
    INCOMPLETE
}
