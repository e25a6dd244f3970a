package dev.threadwell.toolworker.answering;

import dev.threadwell.persistence.tool.PendingCall;
import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.settings.ToolConfig;
import dev.threadwell.topic.FunctionAnswered;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Completes calls that were published to other services. The answer is sent to Kafka before the
 * pending call is deleted: a duplicate answer is ignored, while a lost one would leave its run
 * waiting.
 */
@ApplicationScoped
public class FunctionResults {

    private static final Logger LOG = Logger.getLogger(FunctionResults.class);

    private final PendingCalls calls;
    private final OutboxProducer producer;
    private final int outputBytes;

    @Inject
    FunctionResults(PendingCalls calls, OutboxProducer producer, ToolConfig config) {
        this(calls, producer, config.outputBytes());
    }

    FunctionResults(PendingCalls calls, OutboxProducer producer, int outputBytes) {
        this.calls = calls;
        this.producer = producer;
        this.outputBytes = outputBytes;
    }

    /** Forwards an answer, unless no call is pending for it. */
    public Uni<Void> take(FunctionAnswered answered) {
        return TransientFailures.retried(calls.awaited(answered.id()))
                .chain(
                        call -> {
                            if (call == null) {
                                LOG.infof("nobody waits for the answer id=%s", answered.id());
                                return Uni.createFrom().voidItem();
                            }
                            return end(call, output(answered));
                        });
    }

    /** Answers up to {@code limit} overdue calls with a timeout; returns their number. */
    public Uni<Integer> giveUp(int limit) {
        return calls.overdue(limit).chain(this::giveUp);
    }

    private Uni<Integer> giveUp(List<PendingCall> overdue) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (PendingCall call : overdue) {
            all =
                    all.chain(
                            () ->
                                    end(
                                            call,
                                            new ToolOutput.Text(
                                                    "The function did not answer in time.")));
        }
        return all.replaceWith(overdue.size());
    }

    private Uni<Void> end(PendingCall call, ToolOutput output) {
        OutboxMessage answered =
                OutboxMessage.of(Topics.TOOL_ANSWERED, call.threadId(), call.answered(output));
        return OutboxProducer.untilSent(() -> producer.send(answered))
                .chain(() -> TransientFailures.retried(calls.close(call.id())));
    }

    private ToolOutput output(FunctionAnswered answered) {
        String text =
                answered.error() != null
                        ? "The function failed: " + answered.error()
                        : text(answered.output());
        return text.getBytes(StandardCharsets.UTF_8).length > outputBytes
                ? new ToolOutput.Text(
                        "The function answered with more than %d bytes.".formatted(outputBytes))
                : new ToolOutput.Text(text);
    }

    private static String text(@Nullable Object output) {
        return switch (output) {
            case null -> "";
            case String text -> text;
            default -> Json.compact(output);
        };
    }
}
