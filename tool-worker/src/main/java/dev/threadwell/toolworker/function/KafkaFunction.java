package dev.threadwell.toolworker.function;

import static dev.threadwell.toolworker.function.HttpFunction.patiently;

import dev.threadwell.assistant.Binding;
import dev.threadwell.persistence.tool.CallContexts;
import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.settings.FunctionConfig;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.FunctionCalled;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.PublicJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a call to the topic that a function is bound to. The pending call is stored before it
 * is published, so that any worker can process the answer even if this one dies.
 */
@ApplicationScoped
public class KafkaFunction {

    private final OutboxProducer producer;
    private final CallContexts contexts;
    private final PendingCalls calls;
    private final InstantSource clock;
    private final Tracing tracing;
    private final List<String> topics;

    @Inject
    KafkaFunction(
            OutboxProducer producer,
            CallContexts contexts,
            PendingCalls calls,
            InstantSource clock,
            Tracing tracing,
            FunctionConfig functions) {
        this(producer, contexts, calls, clock, tracing, functions.topics());
    }

    KafkaFunction(
            OutboxProducer producer,
            CallContexts contexts,
            PendingCalls calls,
            InstantSource clock,
            Tracing tracing,
            Optional<List<String>> topics) {
        this.producer = producer;
        this.contexts = contexts;
        this.calls = calls;
        this.clock = clock;
        this.tracing = tracing;
        this.topics = topics.orElse(List.of());
    }

    /** Returns null when the call is published, otherwise the reason why not. */
    @Nullable ToolOutput hand(ToolRequested call, Binding binding) {
        String topic = binding.topic();
        if (topic == null || !topics.contains(topic)) {
            return new ToolOutput.Text("There is nobody here who executes the function.");
        }
        Instant deadline = CallDeadline.of(call, binding, clock.instant());
        PendingCalls.Begun begun = patiently(calls.begin(call, true, deadline));
        if (!begun.first() && !binding.repeatable()) {
            patiently(calls.close(begun.id()).replaceWith(true));
            return HttpFunction.mayBeDone(call);
        }
        String assistant = patiently(contexts.of(call, null)).assistantId();
        OutboxMessage called =
                new OutboxMessage(
                                Topics.functionCalled(topic),
                                call.threadId(),
                                headers(call, begun.id()),
                                PublicJson.of(event(call, begun.id(), assistant, deadline)).text())
                        .tracedBy(tracing.outgoing());
        OutboxProducer.untilSent(() -> producer.send(called)).await().indefinitely();
        return null;
    }

    private static FunctionCalled event(
            ToolRequested call, String id, @Nullable String assistant, Instant deadline) {
        return new FunctionCalled(
                id,
                call.callId(),
                call.name(),
                CallArguments.of(call.arguments()),
                call.runId(),
                call.threadId(),
                assistant,
                deadline.getEpochSecond());
    }

    /** Headers of a CloudEvent 1.0 in binary mode; the id is the same at every delivery. */
    private Map<String, String> headers(ToolRequested call, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", "/projects/" + call.projectId());
        headers.put("ce_type", "function.called");
        headers.put("ce_subject", call.name());
        headers.put("ce_time", clock.instant().toString());
        headers.put("content-type", "application/json");
        return headers;
    }
}
