package dev.threadwell.runworker.stream;

import dev.threadwell.topic.StreamEvent;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Reads back what was written to the stream of a run. */
public interface StreamHistory {

    /**
     * The run's events in front of an offset; blocks, so it is called from a worker thread.
     *
     * @param since Unix seconds from which on the run may have written
     * @param fence the offset of the reader's own fence: what lies behind it does not count
     */
    List<StreamEvent> read(int partition, String runId, long since, long fence)
            throws TimeoutException;
}
