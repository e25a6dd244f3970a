package dev.threadwell.runworker.stream;

import dev.threadwell.runworker.turn.PartialTurn;

/** Reads back what was written to the stream of a run. */
public interface StreamHistory {

    /**
     * What is still open behind the run's events in front of an offset. Each event is looked at and
     * let go, so that a long stream takes no more memory than the message that is open at its end.
     * Blocks, so it is called from a worker thread.
     *
     * @param createdAt when the run was created, in Unix seconds
     * @param fence the offset of the reader's own fence: what lies behind it does not count
     */
    PartialTurn read(int partition, String runId, long createdAt, long fence);
}
