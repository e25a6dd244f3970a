package dev.threadwell.runworker;

import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.execution.ReceivedRun;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of the statement that claims runs: one for each traced run, although the statement is
 * one. They are short, so that they have arrived even if the worker dies in the turn.
 */
final class ClaimSpans {

    private final List<Span> spans;

    private ClaimSpans(List<Span> spans) {
        this.spans = spans;
    }

    /** Begins the spans of those runs among these that are traced. */
    static ClaimSpans begin(Tracing tracing, List<ReceivedRun> received, String worker) {
        List<Span> spans = new ArrayList<>(0);
        for (ReceivedRun one : received) {
            if (tracing.continues(one.request().traceparent())) {
                spans.add(begin(tracing, one.request(), worker));
            }
        }
        return new ClaimSpans(spans);
    }

    private static Span begin(Tracing tracing, RunRequested request, String worker) {
        Run run = request.run();
        Span span = tracing.below(request.traceparent(), SpanKind.CONSUMER, "claim run");
        span.setAttribute(SpanKeys.MESSAGING, "kafka");
        span.setAttribute(SpanKeys.TOPIC, Topics.RUN_REQUESTED);
        span.setAttribute(SpanKeys.MESSAGING_OPERATION, "process");
        span.setAttribute(GenAi.CONVERSATION, run.threadId());
        span.setAttribute(SpanKeys.RUN, run.id());
        span.setAttribute(SpanKeys.EPOCH, request.epoch() + 1);
        span.setAttribute(SpanKeys.WORKER, worker);
        return span;
    }

    /** The statement has been answered, or has failed. */
    void end() {
        spans.forEach(Span::end);
    }
}
