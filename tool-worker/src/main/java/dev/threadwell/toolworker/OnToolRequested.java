package dev.threadwell.toolworker;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private final FactReader<ToolRequested> facts;

    @Inject
    public OnToolRequested(Instance<Tool> tools, FactProducer producer) {
        this(tools.stream().toList(), producer);
    }

    OnToolRequested(List<Tool> tools, FactProducer producer) {
        this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
        this.producer = producer;
        this.facts = new FactReader<>(producer, Topics.TOOL_REQUESTED, ToolRequested.class);
    }

    @Incoming("tool-requested")
    public Uni<Void> on(ConsumerRecord<String, byte[]> entry) {
        return facts.handle(entry, call -> execute(call).chain(output -> answer(call, output)));
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
        return FactProducer.untilSent(() -> producer.send(answered));
    }
}
