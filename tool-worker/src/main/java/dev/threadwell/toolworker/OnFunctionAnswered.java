package dev.threadwell.toolworker;

import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.toolworker.answering.FunctionResults;
import dev.threadwell.topic.FunctionAnswered;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Receives the answer of another service to a function call, and forwards it to the run. */
@ApplicationScoped
public class OnFunctionAnswered {

    private final FunctionResults answers;
    private final RecordHandler<FunctionAnswered> handler;

    @Inject
    public OnFunctionAnswered(FunctionResults answers, OutboxProducer producer) {
        this.answers = answers;
        this.handler =
                new RecordHandler<>(producer, Topics.FUNCTION_ANSWERED, FunctionAnswered.class);
    }

    @Incoming("function-answered")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        return handler.handle(entry, answers::take);
    }
}
