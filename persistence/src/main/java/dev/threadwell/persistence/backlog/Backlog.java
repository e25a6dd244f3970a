package dev.threadwell.persistence.backlog;

/**
 * What waits to be done in the whole installation, and who is there to do it. Counts are bounded:
 * what exceeds {@link BacklogStore#MOST} is not counted.
 *
 * @param queued runs that a worker may claim
 * @param oldestQueuedSeconds the age of the oldest of these that no worker has had yet; 0 if there
 *     is none
 * @param waiting runs that wait for another run of their thread
 * @param inProgress runs that a worker executes, or whose tools are executed
 * @param requiresAction runs that wait for their client
 * @param outbox messages that are stored and not removed
 * @param outboxOldestSeconds the age of the oldest of these
 * @param workers run workers with a valid lease
 * @param ingestions files that are to be read into vector stores
 * @param ingestionOldestSeconds the age of the oldest of these
 */
public record Backlog(
        long queued,
        double oldestQueuedSeconds,
        long waiting,
        long inProgress,
        long requiresAction,
        long outbox,
        double outboxOldestSeconds,
        long workers,
        long ingestions,
        double ingestionOldestSeconds) {}
