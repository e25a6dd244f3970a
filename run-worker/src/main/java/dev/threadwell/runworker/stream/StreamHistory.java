package dev.threadwell.runworker.stream;

import dev.threadwell.runworker.turn.PartialTurn;

/** Reads back what was written to the stream of a run. */
public interface StreamHistory {

    /**
     * The message and step that are still open after the run's events before an offset. The events
     * are processed one by one and not kept, so a long stream takes no more memory than the message
     * that is open at its end. Blocking: call it on a worker thread.
     *
     * @param createdAt when the run was created, in Unix seconds
     * @param fence the offset of the reader's own fence: events at or after it are not read
     */
    PartialTurn read(int partition, String runId, long createdAt, long fence);
}
