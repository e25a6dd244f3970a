package dev.threadwell.toolworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.toolworker.ingestion.Ingestions;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A file waits in a vector store: it is read, and its record acknowledged when that is saved. */
@ApplicationScoped
public class OnFileAdded {

    private final Ingestions ingestions;
    private final FactReader<FileAdded> facts;

    @Inject
    public OnFileAdded(Ingestions ingestions, FactProducer producer) {
        this.ingestions = ingestions;
        this.facts = new FactReader<>(producer, Topics.FILE_ADDED, FileAdded.class);
    }

    @Incoming("file-added")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        return facts.handle(entry, ingestions::read);
    }
}
