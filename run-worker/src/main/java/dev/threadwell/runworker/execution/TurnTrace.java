package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.model.ChatModel;
import dev.threadwell.runworker.model.ModelCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The span of one turn, from its start to its commit, and the spans of its model calls. Every turn
 * is a child of the request that created the run, so that a run is one trace. A turn that continues
 * a run is also linked with that request and with what it continues: the tool's call, the
 * submission of outputs.
 *
 * <p>A turn of a run that is not traced has a trace that does nothing.
 */
final class TurnTrace {

    private static final TurnTrace NONE = new TurnTrace(Tracing.OFF, Span.getInvalid(), null);

    private final Tracing tracing;
    private final Span span;
    private final @Nullable String context;

    private TurnTrace(Tracing tracing, Span span, @Nullable String context) {
        this.tracing = tracing;
        this.span = span;
        this.context = context;
    }

    /**
     * Begins the span of a turn.
     *
     * @param start why the turn begins
     * @param cause the context of the span that made it begin, if there is one
     */
    static TurnTrace begin(Tracing tracing, RunRow row, String start, @Nullable String cause) {
        String origin = row.traceparent();
        if (origin == null || !tracing.continues(origin)) {
            return NONE;
        }
        Run run = row.run();
        Span span =
                tracing.below(
                        origin,
                        SpanKind.INTERNAL,
                        GenAi.INVOKE_AGENT,
                        links(origin, start.equals(StartReason.QUEUED), cause));
        span.setAttribute(GenAi.OPERATION, GenAi.INVOKE_AGENT);
        span.setAttribute(GenAi.CONVERSATION, run.threadId());
        span.setAttribute(GenAi.REQUEST_MODEL, run.model());
        span.setAttribute(SpanKeys.ASSISTANT, run.assistantId());
        span.setAttribute(SpanKeys.PROJECT, row.projectId());
        span.setAttribute(SpanKeys.RUN, run.id());
        span.setAttribute(SpanKeys.TURN_START, start);
        return new TurnTrace(tracing, span, Tracing.context(span));
    }

    private static List<String> links(String origin, boolean first, @Nullable String cause) {
        Set<String> links = new LinkedHashSet<>();
        if (!first) {
            links.add(origin);
        }
        if (cause != null && !cause.equals(origin)) {
            links.add(cause);
        }
        return List.copyOf(links);
    }

    /** The context for what this turn requests; null if the turn is not traced. */
    @Nullable String context() {
        return context;
    }

    /** Asks the model, in a span of its own. */
    ModelCall ask(ChatModel model, Run run, byte[] request, ModelCall.Listener listener) {
        if (context == null) {
            return model.stream(run.model(), request, listener);
        }
        TracedModelCall call =
                TracedModelCall.begin(tracing, context, run, model.endpoint(), listener);
        try {
            return call.of(model.stream(run.model(), request, call));
        } catch (RuntimeException e) {
            call.abort();
            throw e;
        }
    }

    /** Ends the span: the turn is committed, or the run is lost to another worker. */
    void ended(RunRow row, boolean lost) {
        if (context == null) {
            return;
        }
        RunStatus status = row.run().status();
        RunError error = row.run().lastError();
        span.setAttribute(SpanKeys.EPOCH, row.epoch());
        if (lost) {
            span.setAttribute(SpanKeys.TURN_END, "lost");
        } else {
            span.setAttribute(
                    SpanKeys.TURN_END,
                    status == RunStatus.IN_PROGRESS ? "awaits_tools" : status.wire());
        }
        if (status == RunStatus.FAILED && error != null) {
            span.setAttribute(SpanKeys.ERROR, error.code());
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** Ends the span of a turn whose run was not claimed. */
    void notClaimed() {
        span.setAttribute(SpanKeys.TURN_END, "not_claimed");
        span.end();
    }
}
