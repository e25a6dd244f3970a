package dev.threadwell.toolworker;

import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.toolworker.ingestion.FileIngestion;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Ingests a file that was added to a vector store; the record is acknowledged when the result is
 * saved.
 */
@ApplicationScoped
public class OnFileAdded {

    private final FileIngestion ingestions;
    private final RecordHandler<FileAdded> handler;

    @Inject
    public OnFileAdded(FileIngestion ingestions, OutboxProducer producer) {
        this.ingestions = ingestions;
        this.handler = new RecordHandler<>(producer, Topics.FILE_ADDED, FileAdded.class);
    }

    @Incoming("file-added")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        return handler.handle(entry, ingestions::read);
    }
}
