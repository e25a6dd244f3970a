package dev.threadwell.toolworker;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.drain.WorkUnderWay;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The model called a tool that the system executes: it is executed, and its answer is on Kafka
 * before the record is acknowledged. A tool that this installation does not have answers that it is
 * not there, so that the model can go on without it.
 */
@ApplicationScoped
public class OnToolRequested {

    private static final Logger LOG = Logger.getLogger(OnToolRequested.class);

    /** Nobody is told, for the run has ended. */
    private static final ToolOutput GIVEN_UP = new ToolOutput.Text("The run was cancelled.");

    private final Map<String, Tool> tools;
    private final FactProducer producer;
    private final FactReader<ToolRequested> facts;
    private final CancelledRuns cancelled;
    private final WorkUnderWay work;
    private final Lanes lanes;

    @Inject
    public OnToolRequested(
            Instance<Tool> tools,
            FactProducer producer,
            CancelledRuns cancelled,
            WorkUnderWay work,
            @ConfigProperty(name = "threadwell.tools.calls-at-once") int callsAtOnce) {
        this(tools.stream().toList(), producer, cancelled, work, callsAtOnce);
    }

    OnToolRequested(
            List<Tool> tools,
            FactProducer producer,
            CancelledRuns cancelled,
            WorkUnderWay work,
            int callsAtOnce) {
        this.tools = tools.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
        this.producer = producer;
        this.facts = new FactReader<>(producer, Topics.TOOL_REQUESTED, ToolRequested.class);
        this.cancelled = cancelled;
        this.work = work;
        this.lanes = new Lanes(callsAtOnce);
    }

    /** Asks for the next record when there is room for it; this one is acknowledged at its end. */
    @Incoming("tool-requested")
    public CompletionStage<Void> on(Message<ConsumerRecord<String, byte[]>> message) {
        var _ =
                handle(message.getPayload())
                        .handle((_, failure) -> failure)
                        .thenCompose(
                                failure -> failure == null ? message.ack() : message.nack(failure));
        return lanes.room();
    }

    CompletionStage<Void> handle(ConsumerRecord<String, byte[]> entry) {
        return facts.handle(entry, call -> work.of(() -> execute(call)))
                .subscribeAsCompletionStage();
    }

    private Uni<Void> execute(ToolRequested call) {
        AtomicReference<@Nullable Fact> answer = new AtomicReference<>();
        return Uni.createFrom()
                .completionStage(
                        () -> lanes.start(call.threadId(), () -> answer.set(answerTo(call))))
                .chain(work::unlessCutOff)
                .chain(() -> send(answer.get()));
    }

    /** An output that cannot be told is a tool's failure too. */
    private @Nullable Fact answerTo(ToolRequested call) {
        try {
            ToolOutput output = outputOf(call);
            return output == null ? null : answer(call, output);
        } catch (CancelledRuns.Cancelled e) {
            LOG.infof("call given up runId=%s callId=%s", call.runId(), call.callId());
            return answer(call, GIVEN_UP);
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.errorf(e, "tool failed runId=%s callId=%s", call.runId(), call.callId());
            return answer(call, new ToolOutput.Text("The tool " + call.tool() + " failed."));
        }
    }

    private @Nullable ToolOutput outputOf(ToolRequested call) throws Exception {
        if (work.isOver()) {
            return null;
        }
        if (cancelled.contains(call.runId())) {
            return GIVEN_UP;
        }
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            LOG.infof("no such tool here runId=%s tool=%s", call.runId(), call.tool());
            return new ToolOutput.Text(
                    "The tool " + call.tool() + " is not available. Answer without it.");
        }
        return tool.execute(call);
    }

    private static Fact answer(ToolRequested call, ToolOutput output) {
        return Fact.of(
                Topics.TOOL_ANSWERED,
                call.threadId(),
                new ToolAnswered(
                        call.projectId(),
                        call.threadId(),
                        call.runId(),
                        call.stepId(),
                        call.callId(),
                        output));
    }

    private Uni<Void> send(@Nullable Fact answer) {
        return answer == null
                ? Uni.createFrom().voidItem()
                : FactProducer.untilSent(() -> producer.send(answer));
    }
}
