package dev.threadwell.runworker;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.ToolAnswers;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.platform.outbox.TraceHeader;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.runworker.execution.RunExecutions;
import dev.threadwell.runworker.execution.StartReason;
import dev.threadwell.runworker.execution.WorkerId;
import dev.threadwell.runworker.stream.StreamWriter;
import dev.threadwell.runworker.stream.StreamWriters;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Saves the answer of a tool call; after the last answer of a step this worker continues the run.
 */
@ApplicationScoped
public class OnToolAnswered {

    private final ToolAnswers answers;
    private final RunExecutions executions;
    private final WorkerId worker;
    private final StreamWriters streams;
    private final RecordHandler<Received> handler;

    @Inject
    public OnToolAnswered(
            ToolAnswers answers,
            RunExecutions executions,
            WorkerId worker,
            StreamWriters streams,
            OutboxProducer producer) {
        this.answers = answers;
        this.executions = executions;
        this.worker = worker;
        this.streams = streams;
        this.handler =
                new RecordHandler<>(producer, Topics.TOOL_ANSWERED, OnToolAnswered::received);
    }

    /** An answer, and the context of the span in which the tool was executed, if it is traced. */
    private record Received(ToolAnswered answered, @Nullable String cause) {}

    private static Received received(ConsumerRecord<String, byte[]> entry) {
        return new Received(
                Objects.requireNonNull(Json.read(entry.value(), ToolAnswered.class)),
                TraceHeader.of(entry));
    }

    @Incoming("tool-answered")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return handler.handleEach(batch, one -> executions.reserve(1).chain(() -> save(one)));
    }

    private Uni<Void> save(Received received) {
        return executions.claiming(List.of(received.answered().runId()), () -> saved(received));
    }

    private Uni<Void> saved(Received received) {
        ToolAnswered answered = received.answered();
        return TransientFailures.retried(answers.save(answered, worker.id()))
                .onFailure()
                .invoke(() -> executions.release(1))
                .invoke(answer -> follow(answer, answered.callId(), received.cause()))
                .replaceWithVoid();
    }

    private void follow(ToolAnswers.Answer answer, String callId, @Nullable String cause) {
        switch (answer) {
            case ToolAnswers.Answer.GoesOn(var row, var step) ->
                    executions.start(row, new StartReason.ToolsAnswered(step, callId), cause);
            case ToolAnswers.Answer.MoreAwaited(var row, var step) -> {
                executions.release(1);
                stream(row).emitOutputs(step, callId);
            }
            case ToolAnswers.Answer.ClientsTurn(var row, var step) -> {
                executions.release(1);
                stream(row).emitOutputs(step, callId);
                stream(row).emitRun(row);
            }
            case ToolAnswers.Answer.Ended(var row, var step) -> {
                executions.release(1);
                stream(row).emitStep(row, step);
                stream(row).emitRun(row);
            }
            case ToolAnswers.Answer.Ignored _ -> executions.release(1);
        }
    }

    private StreamWriter stream(RunRow row) {
        return streams.of(row);
    }
}
