package dev.threadwell.toolworker;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.FactProducer;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * The model called a built-in tool: it is executed, and its answer is on Kafka before the record is
 * acknowledged. A tool that this installation does not have answers that it is not there, so that
 * the model can go on without it.
 */
@ApplicationScoped
public class OnToolRequested {

    private static final Logger LOG = Logger.getLogger(OnToolRequested.class);

    private final Map<String, Tool> tools;
    private final FactProducer producer;

    @Inject
    public OnToolRequested(Instance<Tool> tools, FactProducer producer) {
        this(tools.stream().toList(), producer);
    }

    OnToolRequested(List<Tool> tools, FactProducer producer) {
        this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
        this.producer = producer;
    }

    @Incoming("tool-requested")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        ToolRequested call;
        try {
            call = Objects.requireNonNull(Json.read(entry.value(), ToolRequested.class));
        } catch (UncheckedIOException | IllegalArgumentException | NullPointerException e) {
            return bury(entry, e);
        }
        return execute(call).chain(output -> answer(call, output));
    }

    private Uni<String> execute(ToolRequested call) {
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            LOG.infof("no such tool here runId=%s tool=%s", call.runId(), call.tool());
            return Uni.createFrom()
                    .item("The tool " + call.tool() + " is not available. Answer without it.");
        }
        return Uni.createFrom()
                .deferred(() -> tool.execute(call))
                .onFailure()
                .invoke(
                        e ->
                                LOG.errorf(
                                        e,
                                        "tool failed runId=%s callId=%s",
                                        call.runId(),
                                        call.callId()))
                .onFailure()
                .recoverWithItem("The tool " + call.tool() + " failed.");
    }

    private Uni<Void> answer(ToolRequested call, String output) {
        Fact answered =
                Fact.of(
                        Topics.TOOL_ANSWERED,
                        call.threadId(),
                        new ToolAnswered(
                                call.projectId(),
                                call.threadId(),
                                call.runId(),
                                call.stepId(),
                                call.callId(),
                                output));
        return sent(() -> producer.send(answered));
    }

    private Uni<Void> bury(ConsumerRecord<String, byte[]> entry, RuntimeException reason) {
        LOG.errorf(
                "a record cannot be read and is put aside topic=%s partition=%d offset=%d",
                entry.topic(), entry.partition(), entry.offset());
        byte[] value = entry.value() == null ? new byte[0] : entry.value();
        return sent(
                () ->
                        producer.bury(
                                Topics.TOOL_REQUESTED,
                                entry.key(),
                                value,
                                reason.getClass().getSimpleName()));
    }

    /** Until the broker has it the record is not acknowledged, however long the broker is away. */
    private static Uni<Void> sent(Supplier<CompletionStage<RecordMetadata>> send) {
        return Uni.createFrom()
                .completionStage(send)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(2))
                .indefinitely()
                .replaceWithVoid();
    }
}
