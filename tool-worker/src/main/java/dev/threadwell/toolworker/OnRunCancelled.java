package dev.threadwell.toolworker;

import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.topic.RunCancelled;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Handles the cancellation of a run: every worker receives it, and those that execute calls of the
 * run abort them.
 */
@ApplicationScoped
public class OnRunCancelled {

    private final CancelledRuns cancelled;
    private final RecordHandler<RunCancelled> handler;

    @Inject
    public OnRunCancelled(CancelledRuns cancelled, OutboxProducer producer) {
        this.cancelled = cancelled;
        this.handler = new RecordHandler<>(producer, Topics.RUN_CANCELLED, RunCancelled.class);
    }

    @Incoming("calls-cancelled")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return handler.handleEach(
                batch,
                one -> {
                    cancelled.add(one.runId());
                    return Uni.createFrom().voidItem();
                });
    }
}
