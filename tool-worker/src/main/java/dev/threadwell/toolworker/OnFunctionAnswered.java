package dev.threadwell.toolworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.toolworker.answering.FunctionAnswers;
import dev.threadwell.topic.FunctionAnswered;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Another service has answered a call: whoever receives the answer passes it on to the run. */
@ApplicationScoped
public class OnFunctionAnswered {

    private final FunctionAnswers answers;
    private final FactReader<FunctionAnswered> facts;

    @Inject
    public OnFunctionAnswered(FunctionAnswers answers, FactProducer producer) {
        this.answers = answers;
        this.facts = new FactReader<>(producer, Topics.FUNCTION_ANSWERED, FunctionAnswered.class);
    }

    @Incoming("function-answered")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        return facts.handle(entry, answers::take);
    }
}
