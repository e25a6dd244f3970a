package dev.threadwell.runworker.execution;

import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelEndpoint;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.ModelEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model call with a span: how long it took, to the first token and to the end, its tokens and its
 * finish reason, and nothing that was said. Everything happens on the run's context.
 */
final class TracedModelCall implements ModelCall, ModelCall.Listener {

    private static final double NANOS = 1e9;

    private final Span span;
    private final ModelCall.Listener listener;
    private final long begun = System.nanoTime();
    private boolean heard;
    private @Nullable ModelCall call;

    private TracedModelCall(Span span, ModelCall.Listener listener) {
        this.span = span;
        this.listener = listener;
    }

    /** Begins the span of a call that is about to be sent. */
    static TracedModelCall begin(
            Tracing tracing,
            String turn,
            Run run,
            ModelEndpoint endpoint,
            ModelCall.Listener listener) {
        Span span = tracing.below(turn, SpanKind.CLIENT, GenAi.CHAT + " " + run.model());
        span.setAttribute(GenAi.OPERATION, GenAi.CHAT);
        span.setAttribute(GenAi.PROVIDER, endpoint.provider());
        span.setAttribute(GenAi.REQUEST_MODEL, run.model());
        span.setAttribute(GenAi.REQUEST_STREAM, true);
        span.setAttribute(GenAi.CONVERSATION, run.threadId());
        span.setAttribute(SpanKeys.RUN, run.id());
        span.setAttribute(SpanKeys.SERVER, endpoint.host());
        span.setAttribute(SpanKeys.PORT, endpoint.port());
        return new TracedModelCall(span, listener);
    }

    /** The call that was sent. */
    ModelCall of(ModelCall sent) {
        call = sent;
        return this;
    }

    @Override
    public void on(ModelEvent event) {
        if (!heard) {
            heard = true;
            span.setAttribute(GenAi.TIME_TO_FIRST_CHUNK, (System.nanoTime() - begun) / NANOS);
        }
        if (event instanceof ModelEvent.Finished(String reason)) {
            span.setAttribute(GenAi.FINISH_REASONS, List.of(reason));
        } else if (event instanceof ModelEvent.Spent(Usage usage)) {
            spent(usage);
        }
        listener.on(event);
    }

    private void spent(Usage usage) {
        span.setAttribute(GenAi.INPUT_TOKENS, usage.promptTokens());
        span.setAttribute(GenAi.OUTPUT_TOKENS, usage.completionTokens());
        span.setAttribute(GenAi.CACHED_TOKENS, usage.cachedTokens());
        span.setAttribute(GenAi.REASONING_TOKENS, usage.reasoningTokens());
    }

    @Override
    public void ended() {
        span.end();
        listener.ended();
    }

    @Override
    public void failed(ModelFailure failure) {
        span.setAttribute(SpanKeys.ERROR, failure.error().code());
        span.setStatus(StatusCode.ERROR);
        span.end();
        listener.failed(failure);
    }

    @Override
    public void abort() {
        span.setAttribute(SpanKeys.ERROR, "aborted");
        // Nothing, if the call has ended.
        span.end();
        ModelCall sent = call;
        if (sent != null) {
            sent.abort();
        }
    }
}
