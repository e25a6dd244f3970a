package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.StreamRecord;
import java.util.List;

/** Is told of the events and changes of one run, on the consumer thread. */
interface RunSubscriber {

    /** Events of the run's stream, in their order. */
    void streamed(List<StreamRecord> records);

    /** The run has changed. */
    void announced(RunAnnouncement announcement);

    /** This node begins to shut down; called on any thread. */
    default void leaving() {}
}
