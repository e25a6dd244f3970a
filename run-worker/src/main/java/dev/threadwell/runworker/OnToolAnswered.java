package dev.threadwell.runworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.outbox.Outages;
import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.runworker.hold.Beginning;
import dev.threadwell.runworker.hold.Holds;
import dev.threadwell.runworker.hold.StreamWriter;
import dev.threadwell.runworker.hold.Worker;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.ToolAnswers;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A tool has answered: the answer is saved, and with the last one the run goes on here. */
@ApplicationScoped
public class OnToolAnswered {

    private final ToolAnswers answers;
    private final Holds holds;
    private final Worker worker;
    private final StreamProducer stream;
    private final FactReader<ToolAnswered> facts;

    @Inject
    public OnToolAnswered(
            ToolAnswers answers,
            Holds holds,
            Worker worker,
            StreamProducer stream,
            FactProducer producer) {
        this.answers = answers;
        this.holds = holds;
        this.worker = worker;
        this.stream = stream;
        this.facts = new FactReader<>(producer, Topics.TOOL_ANSWERED, ToolAnswered.class);
    }

    @Incoming("tool-answered")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return facts.handleEach(batch, one -> holds.reserve(1).chain(() -> save(one)));
    }

    private Uni<Void> save(ToolAnswered answered) {
        return Outages.outlasted(answers.save(answered, worker.id()))
                .onFailure()
                .invoke(() -> holds.giveBack(1))
                .invoke(answer -> follow(answer, answered.callId()))
                .replaceWithVoid();
    }

    private void follow(ToolAnswers.Answer answer, String callId) {
        switch (answer) {
            case ToolAnswers.Answer.GoesOn(var row, var step) ->
                    holds.begin(row, new Beginning.ToolsAnswered(step, callId));
            case ToolAnswers.Answer.MoreAwaited(var row, var step) -> {
                holds.giveBack(1);
                stream(row).emitOutputs(step, callId);
            }
            case ToolAnswers.Answer.ClientsTurn(var row, var step) -> {
                holds.giveBack(1);
                stream(row).emitOutputs(step, callId);
                stream(row).emitRun(row);
            }
            case ToolAnswers.Answer.Ended(var row, var step) -> {
                holds.giveBack(1);
                stream(row).emitStep(row, step);
                stream(row).emitRun(row);
            }
            case ToolAnswers.Answer.Ignored _ -> holds.giveBack(1);
        }
    }

    private StreamWriter stream(RunRow row) {
        return StreamWriter.of(stream, row);
    }
}
