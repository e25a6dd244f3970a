package dev.threadwell.api.http;

import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import io.opentelemetry.api.trace.Span;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The span of a request that is traced. */
public final class RequestTrace {

    private static final String KEY = "threadwell.span";

    private RequestTrace() {}

    /** Whether the request has a span already; a rerouted request keeps its first one. */
    public static boolean isKept(RoutingContext http) {
        return http.get(KEY) != null;
    }

    /** Attaches the span to its request. */
    public static void keep(RoutingContext http, Span span) {
        http.put(KEY, span);
    }

    /** The context of the request's span; null if the request is not traced. */
    public static @Nullable String context(RoutingContext http) {
        Span span = http.get(KEY);
        return span == null ? null : Tracing.context(span);
    }

    /** Names the run that the request is about. */
    public static void about(RoutingContext http, Run run) {
        Span span = http.get(KEY);
        if (span != null) {
            span.setAttribute(GenAi.CONVERSATION, run.threadId());
            span.setAttribute(SpanKeys.RUN, run.id());
            span.setAttribute(SpanKeys.ASSISTANT, run.assistantId());
        }
    }
}
