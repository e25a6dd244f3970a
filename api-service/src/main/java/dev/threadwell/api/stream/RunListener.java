package dev.threadwell.api.stream;

import java.util.List;

/** Somebody who waits for news of one run, which comes on the thread that reads Kafka. */
interface RunListener {

    /** Events of the run's stream, in their order. */
    void streamed(List<StreamRecord> records);

    /** The run has changed. */
    void announced(Announcement announcement);

    /** This node is told to stop; called on any thread. */
    default void leaving() {}
}
