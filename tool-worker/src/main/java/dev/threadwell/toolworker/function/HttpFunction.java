package dev.threadwell.toolworker.function;

import dev.threadwell.assistant.Binding;
import dev.threadwell.persistence.tool.CallContexts;
import dev.threadwell.persistence.tool.CallContexts.CallContext;
import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.RunError;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.settings.ToolConfig;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Posts a call to a function's HTTP endpoint as a Standard Webhooks request. Retries with back-off
 * until the deadline if the endpoint is unavailable or overloaded.
 */
@ApplicationScoped
public class HttpFunction {

    private static final Logger LOG = Logger.getLogger(HttpFunction.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Egress egress;
    private final CallContexts contexts;
    private final PendingCalls calls;
    private final CancelledRuns cancelled;
    private final InstantSource clock;
    private final Tracing tracing;
    private final int outputBytes;

    @Inject
    HttpFunction(
            Egress egress,
            CallContexts contexts,
            PendingCalls calls,
            CancelledRuns cancelled,
            InstantSource clock,
            Tracing tracing,
            ToolConfig config) {
        this(egress, contexts, calls, cancelled, clock, tracing, config.outputBytes());
    }

    HttpFunction(
            Egress egress,
            CallContexts contexts,
            PendingCalls calls,
            CancelledRuns cancelled,
            InstantSource clock,
            Tracing tracing,
            int outputBytes) {
        this.egress = egress;
        this.contexts = contexts;
        this.calls = calls;
        this.cancelled = cancelled;
        this.clock = clock;
        this.tracing = tracing;
        this.outputBytes = outputBytes;
    }

    ToolOutput execute(ToolRequested call, Binding binding, Binding.Http http) {
        Instant until = CallDeadline.of(call, binding, clock.instant());
        CallContext context = patiently(contexts.of(call, binding.secretId()));
        if (binding.repeatable()) {
            return untilAnswered(call, http, context, until, true);
        }
        PendingCalls.Begun begun =
                patiently(calls.begin(call, false, Instant.ofEpochSecond(call.expiresAt())));
        if (!begun.first()) {
            return begun.answer() == null ? mayBeDone(call) : begun.answer();
        }
        ToolOutput output = untilAnswered(call, http, context, until, false);
        patiently(calls.answered(call.projectId(), begun.id(), output).replaceWith(true));
        return output;
    }

    /**
     * The result if it is unknown whether the function was executed, since it must not be executed
     * twice.
     */
    static ToolOutput mayBeDone(ToolRequested call) {
        LOG.warnf("a call may have been executed runId=%s callId=%s", call.runId(), call.callId());
        return new ToolOutput.Failed(
                new RunError(
                        "server_error",
                        ("The function %s was being executed when a worker stopped. It may have"
                                        + " been executed, and must not be executed twice.")
                                .formatted(call.name())));
    }

    private ToolOutput untilAnswered(
            ToolRequested call,
            Binding.Http http,
            CallContext context,
            Instant until,
            boolean repeatable) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Duration left = Duration.between(clock.instant(), until);
            if (!left.isPositive()) {
                return new ToolOutput.Text("The function did not answer in time.");
            }
            switch (once(call, request(call, http, context, left))) {
                case CallAttempt.Answered(var output) -> {
                    return output;
                }
                case CallAttempt.Failed(var output, var mayBeDone, var asked) -> {
                    Duration next = asked == null ? pause : asked;
                    if ((mayBeDone && !repeatable) || clock.instant().plus(next).isAfter(until)) {
                        return output;
                    }
                    pause(call, next);
                    pause = pause.multipliedBy(2);
                    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                }
            }
        }
    }

    private void pause(ToolRequested call, Duration length) {
        Uni<Void> over = Uni.createFrom().voidItem().onItem().delayIt().by(length);
        cancelled.unless(call.runId(), over).await().indefinitely();
    }

    private CallAttempt once(ToolRequested call, EgressRequest request) {
        return cancelled
                .unless(call.runId(), egress.send(request))
                .map(CallAttempt::of)
                .onFailure(EgressException.class)
                .recoverWithItem(failure -> CallAttempt.of((EgressException) failure))
                .await()
                .indefinitely();
    }

    private EgressRequest request(
            ToolRequested call, Binding.Http http, CallContext context, Duration left) {
        long now = clock.instant().getEpochSecond();
        byte[] body = Json.bytes(body(call, context, now));
        String id = call.stepId() + "." + call.callId();
        Map<String, String> headers = new LinkedHashMap<>(context.secret().headers());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now));
        String trace = tracing.outgoing();
        if (trace != null) {
            headers.put(Tracing.HEADER, trace);
        }
        String secret = context.secret().signing();
        if (secret != null) {
            headers.put("webhook-signature", WebhookSignature.of(secret, id, now, body));
        }
        return EgressRequest.post(URI.create(http.url()), headers, body, left, outputBytes);
    }

    private static Map<String, Object> body(ToolRequested call, CallContext context, long now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("tool_call_id", call.callId());
        data.put("name", call.name());
        data.put("arguments", CallArguments.of(call.arguments()));
        data.put("run_id", call.runId());
        data.put("thread_id", call.threadId());
        data.put("assistant_id", String.valueOf(context.assistantId()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "function.called");
        body.put("timestamp", Instant.ofEpochSecond(now).toString());
        body.put("data", data);
        return body;
    }

    static <T> T patiently(Uni<T> work) {
        return TransientFailures.retried(work).await().indefinitely();
    }
}
