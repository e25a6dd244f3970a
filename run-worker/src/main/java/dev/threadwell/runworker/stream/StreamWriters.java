package dev.threadwell.runworker.stream;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.platform.outbox.TopicSetup;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Opens the writers of the streams of runs. */
@ApplicationScoped
public class StreamWriters {

    private final StreamProducer producer;

    @Inject
    public StreamWriters(StreamProducer producer) {
        this.producer = producer;
    }

    /** Learns where the topic is, so that the first event does not wait for it. */
    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        producer.prepare();
    }

    /** The writer of the worker that holds the run: there is one in an epoch. */
    public StreamWriter ofHolder(RunRow row) {
        return StreamWriter.ofHolder(producer, row);
    }

    /** The writer of a few events of a run that no worker holds. */
    public StreamWriter of(RunRow row) {
        return StreamWriter.of(producer, row);
    }
}
