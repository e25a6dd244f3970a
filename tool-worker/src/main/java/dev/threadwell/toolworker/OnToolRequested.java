package dev.threadwell.toolworker;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.platform.outbox.TraceHeader;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.ToolMetrics.Outcome;
import dev.threadwell.toolworker.drain.InFlightWork;
import dev.threadwell.toolworker.drain.PoisonGuard;
import dev.threadwell.toolworker.settings.ToolConfig;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executes a tool call; the answer is on Kafka before the record is acknowledged. A worker without
 * an executor for each kind of tool that it knows does not start; a call of a kind that only a
 * newer version knows is answered with a text that says so, so that the model can continue without
 * it.
 */
@ApplicationScoped
public class OnToolRequested {

    private static final Logger LOG = Logger.getLogger(OnToolRequested.class);

    /** The answer to a call of a cancelled run; it is not shown to anybody. */
    private static final ToolOutput GIVEN_UP = new ToolOutput.Text("The run was cancelled.");

    private static final ToolOutput BROKEN =
            new ToolOutput.Text(
                    "The call failed: %d workers stopped working while they executed it."
                            .formatted(PoisonGuard.MOST_DEATHS));

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /**
     * The number of attempts for a call that fails internally for a reason other than an outage.
     */
    private static final int TRIES = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Map<ToolKind, ToolExecutor> tools;
    private final OutboxProducer producer;
    private final RecordHandler<Received> handler;
    private final CancelledRuns cancelled;
    private final InFlightWork work;
    private final PoisonGuard attempts;
    private final InstantSource clock;
    private final KeyedExecutor executor;
    private final ToolMetrics metrics;
    private final Tracing tracing;

    /** A call, and the context of the turn that made it, if that is traced. */
    private record Received(ToolRequested call, @Nullable String turn) {}

    private static Received received(ConsumerRecord<String, byte[]> entry) {
        return new Received(
                Objects.requireNonNull(Json.read(entry.value(), ToolRequested.class)),
                TraceHeader.of(entry));
    }

    @Inject
    public OnToolRequested(
            Instance<ToolExecutor> tools,
            OutboxProducer producer,
            CancelledRuns cancelled,
            InFlightWork work,
            PoisonGuard attempts,
            InstantSource clock,
            Tracing tracing,
            ToolConfig config,
            ToolMetrics metrics) {
        this(
                complete(tools.stream().toList()),
                producer,
                cancelled,
                work,
                attempts,
                clock,
                tracing,
                config.callsAtOnce(),
                metrics);
    }

    /** Returns these tools; fails unless there is one for each kind that a model can call. */
    static List<ToolExecutor> complete(List<ToolExecutor> tools) {
        Set<ToolKind> missing = new LinkedHashSet<>(ToolKind.ALL);
        missing.removeAll(ToolKind.NEVER_CALLED);
        tools.forEach(tool -> missing.remove(tool.kind()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Nothing executes the tools " + missing + ".");
        }
        return tools;
    }

    OnToolRequested(
            List<ToolExecutor> tools,
            OutboxProducer producer,
            CancelledRuns cancelled,
            InFlightWork work,
            PoisonGuard attempts,
            InstantSource clock,
            Tracing tracing,
            int callsAtOnce,
            ToolMetrics metrics) {
        this.metrics = metrics;
        this.tools =
                tools.stream().collect(Collectors.toMap(ToolExecutor::kind, Function.identity()));
        this.producer = producer;
        this.handler =
                new RecordHandler<>(producer, Topics.TOOL_REQUESTED, OnToolRequested::received);
        this.cancelled = cancelled;
        this.work = work;
        this.attempts = attempts;
        this.clock = clock;
        this.tracing = tracing;
        this.executor = new KeyedExecutor(callsAtOnce);
    }

    /**
     * Starts the call; the returned stage completes when there is room for the next record. The
     * record itself is acknowledged at the end of the call.
     */
    @Incoming("tool-requested")
    public CompletionStage<Void> on(Message<ConsumerRecord<String, byte[]>> message) {
        var _ =
                handle(message.getPayload())
                        .handle((_, failure) -> failure)
                        .thenCompose(
                                failure -> failure == null ? message.ack() : message.nack(failure));
        return executor.room();
    }

    CompletionStage<Void> handle(ConsumerRecord<String, byte[]> entry) {
        return handler.handle(entry, one -> work.of(() -> execute(one)))
                .subscribeAsCompletionStage();
    }

    private Uni<Void> execute(Received received) {
        ToolRequested call = received.call();
        AtomicReference<@Nullable OutboxMessage> answer = new AtomicReference<>();
        return Uni.createFrom()
                .completionStage(
                        () -> executor.start(call.threadId(), () -> answer.set(traced(received))))
                .chain(work::unlessCutOff)
                .chain(() -> send(answer.get()))
                .chain(() -> attempts.finished(workOf(call)));
    }

    private static String workOf(ToolRequested call) {
        return "call " + call.stepId() + " " + call.callId();
    }

    private @Nullable OutboxMessage traced(Received received) {
        try (CallSpan span = CallSpan.begin(tracing, received.call(), received.turn())) {
            OutboxMessage answer = answerTo(received.call(), span);
            return answer == null ? null : answer.tracedBy(span.context());
        }
    }

    /**
     * Executes the call and builds the message with the answer. An output that cannot be serialized
     * counts as a failure of the tool.
     */
    private @Nullable OutboxMessage answerTo(ToolRequested call, CallSpan span) {
        long since = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        metrics.begun();
        try (PoisonGuard.Attempt attempt = attempts.begin(workOf(call))) {
            ToolOutput output = attempt.allowed() ? outputOf(call) : BROKEN;
            outcome = outcome(call, output);
            span.answered(output);
            return output == null ? null : answer(call, output);
        } catch (CancelledRuns.Cancelled e) {
            outcome = Outcome.CANCELLED;
            span.failed("cancelled");
            LOG.infof("call given up runId=%s callId=%s", call.runId(), call.callId());
            return answer(call, GIVEN_UP);
        } catch (Exception | LinkageError | StackOverflowError e) {
            span.failed(e.getClass().getSimpleName());
            LOG.errorf(e, "tool failed runId=%s callId=%s", call.runId(), call.callId());
            outcome = Outcome.FAILED;
            return answer(call, new ToolOutput.Text("The tool " + call.tool() + " failed."));
        } finally {
            metrics.ended(call.tool(), outcome, since);
        }
    }

    private Outcome outcome(ToolRequested call, @Nullable ToolOutput output) {
        if (output == null) {
            return Outcome.LEFT_TO_ANOTHER;
        } else if (output.equals(BROKEN)) {
            return Outcome.BROKEN_WORKERS;
        } else if (output.equals(GIVEN_UP)) {
            return Outcome.CANCELLED;
        } else if (output instanceof ToolOutput.Failed) {
            return Outcome.FAILED;
        }
        return tools.containsKey(call.tool()) ? Outcome.ANSWERED : Outcome.UNKNOWN_TOOL;
    }

    /**
     * Executes the call with retries. A tool returns errors of the call itself as output; an
     * exception is an internal failure. During an outage the call is retried with back-off until
     * the run expires; after any other exception it is retried a few times.
     */
    private @Nullable ToolOutput outputOf(ToolRequested call) throws Exception {
        int failures = 0;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return executed(call);
            } catch (CancelledRuns.Cancelled e) {
                throw e;
            } catch (Exception | LinkageError | StackOverflowError e) {
                // An IOException of a tool is a failure of its sandbox and no outage.
                failures += TransientFailures.isOutage(e) && !(e instanceof IOException) ? 0 : 1;
                if (failures == TRIES || expires(call).isBefore(clock.instant().plus(pause))) {
                    throw e;
                }
                LOG.warnf(
                        "call is tried again runId=%s callId=%s reason=%s",
                        call.runId(), call.callId(), e);
            }
            pause(call, pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }

    /** The expiry of the call, capped: a call without one has {@code Long.MAX_VALUE}. */
    private static Instant expires(ToolRequested call) {
        return Instant.ofEpochSecond(Math.min(call.expiresAt(), Instant.MAX.getEpochSecond()));
    }

    private void pause(ToolRequested call, Duration length) {
        Uni<Void> over = Uni.createFrom().voidItem().onItem().delayIt().by(length);
        cancelled.unless(call.runId(), over).await().indefinitely();
    }

    private @Nullable ToolOutput executed(ToolRequested call) throws Exception {
        if (work.isOver()) {
            return null;
        }
        if (cancelled.contains(call.runId())) {
            return GIVEN_UP;
        }
        ToolExecutor tool = tools.get(call.tool());
        if (tool == null) {
            LOG.infof("no such tool here runId=%s tool=%s", call.runId(), call.tool());
            return new ToolOutput.Text(
                    "The tool " + call.tool() + " is not available. Answer without it.");
        }
        return tool.execute(call);
    }

    private static OutboxMessage answer(ToolRequested call, ToolOutput output) {
        return OutboxMessage.of(
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

    private Uni<Void> send(@Nullable OutboxMessage answer) {
        return answer == null
                ? Uni.createFrom().voidItem()
                : OutboxProducer.untilSent(() -> producer.send(answer));
    }
}
