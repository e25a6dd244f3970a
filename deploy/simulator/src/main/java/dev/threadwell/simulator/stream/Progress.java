package dev.threadwell.simulator.stream;

/** Listener for the progress of one answer; exactly one of the final events is called. */
public interface Progress {
    /** More tokens were written. */
    void sent(int tokens);

    /** The whole answer was written. */
    void finished();

    /** The answer was aborted by its fault. */
    void faulted();

    /** The client disconnected before the end. */
    void aborted();
}
