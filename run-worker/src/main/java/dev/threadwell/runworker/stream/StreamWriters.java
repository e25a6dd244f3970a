package dev.threadwell.runworker.stream;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.platform.outbox.TopicSetup;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Factory of stream writers. */
@ApplicationScoped
public class StreamWriters {

    private final StreamProducer producer;

    @Inject
    public StreamWriters(StreamProducer producer) {
        this.producer = producer;
    }

    /** Loads the topic's metadata at startup, so that the first event does not wait for it. */
    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        producer.prepare();
    }

    /** The writer of the worker that executes the run; there is one per epoch. */
    public StreamWriter ofHolder(RunRow row) {
        return StreamWriter.ofHolder(producer, row);
    }

    /** The writer for a few events of a run that no worker executes. */
    public StreamWriter of(RunRow row) {
        return StreamWriter.of(producer, row);
    }
}
