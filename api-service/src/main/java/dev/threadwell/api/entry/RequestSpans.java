package dev.threadwell.api.entry;

import dev.threadwell.api.http.AzureDialect;
import dev.threadwell.api.http.RequestTrace;
import dev.threadwell.api.routes.Routes;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * A span for each traced request, from its head to the end of its answer. It has the route and ids,
 * and nothing that a client or a model has written.
 */
@ApplicationScoped
public class RequestSpans {

    private static final int SERVER_ERROR = 500;

    private final Tracing tracing;
    private final Routes routes;

    @Inject
    RequestSpans(Tracing tracing, Routes routes) {
        this.tracing = tracing;
        this.routes = routes;
    }

    /** Begins the request's span, unless it has one. */
    void begin(RoutingContext http) {
        if (!tracing.on() || RequestTrace.isKept(http) || !isOfApi(http.request().path())) {
            return;
        }
        String method = http.request().method().name();
        Span span = tracing.request(method, name -> http.request().getHeader(name));
        if (span.isRecording()) {
            span.setAttribute(SpanKeys.METHOD, method);
            RequestTrace.keep(http, span);
            http.addEndHandler(over -> end(http, span, over.succeeded()));
        }
    }

    private static boolean isOfApi(@Nullable String path) {
        return path != null && (path.startsWith(HttpEntry.API) || AzureDialect.isOf(path));
    }

    private void end(RoutingContext http, Span span, boolean whole) {
        HttpServerResponse response = http.response();
        String route = routes.template(http);
        if (route != null) {
            span.updateName(http.request().method().name() + " " + route);
            span.setAttribute(SpanKeys.ROUTE, route);
        }
        span.setAttribute(SpanKeys.STATUS, response.getStatusCode());
        span.setAttribute(SpanKeys.REQUEST_ID, response.headers().get("x-request-id"));
        span.setAttribute(SpanKeys.PROJECT, response.headers().get("openai-project"));
        if (response.getStatusCode() >= SERVER_ERROR) {
            span.setAttribute(SpanKeys.ERROR, Integer.toString(response.getStatusCode()));
            span.setStatus(StatusCode.ERROR);
        } else if (!whole) {
            span.setAttribute(SpanKeys.ERROR, "connection_closed");
        }
        span.end();
    }
}
