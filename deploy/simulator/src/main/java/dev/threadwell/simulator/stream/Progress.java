package dev.threadwell.simulator.stream;

/** Hears how the answer to one request goes; exactly one of the endings comes. */
public interface Progress {
    /** More tokens were written. */
    void sent(int tokens);

    /** The whole answer was written. */
    void finished();

    /** The answer was broken off because its direction said so. */
    void faulted();

    /** The client went away before the end. */
    void aborted();
}
