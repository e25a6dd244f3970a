package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.StreamRecord;
import java.util.List;

/** Receives the events and changes of one run, on the consumer thread. */
interface RunSubscriber {

    /** Receives events of the run's stream, in their order. */
    void streamed(List<StreamRecord> records);

    /** Receives a change of the run. */
    void announced(RunAnnouncement announcement);

    /** Called when this node begins to shut down, on any thread. */
    default void leaving() {}
}
