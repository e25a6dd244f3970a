package dev.threadwell.platform.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts spans. Their context is carried by hand, as text in the format of {@code traceparent}: in
 * rows, in records, and in the objects that execute a turn (ADR 0024).
 *
 * <p>Only the context of a recorded span is ever written. So what has no context is not traced, and
 * costs one comparison.
 */
@Singleton
public class Tracing {

    /** The header of requests and records that names the context of a span. */
    public static final String HEADER = "traceparent";

    /** For processes and tests without traces. */
    public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), false, false);

    private static final String SCOPE = "dev.threadwell";

    private final boolean on;
    private final boolean outgoing;
    private final Tracer tracer;

    @Inject
    Tracing(OpenTelemetry telemetry, OTelRuntimeConfig sdk, TracingConfig config) {
        this(telemetry, !sdk.sdkDisabled(), config.outgoing());
    }

    /**
     * Creates spans with this SDK.
     *
     * @param on whether spans are created at all
     * @param outgoing see {@link TracingConfig#outgoing}
     */
    public Tracing(OpenTelemetry telemetry, boolean on, boolean outgoing) {
        this.on = on;
        this.outgoing = outgoing;
        this.tracer = telemetry.tracerBuilder(SCOPE).setSchemaUrl(GenAi.SCHEMA_URL).build();
    }

    /** Whether requests may begin or continue a trace. */
    public boolean on() {
        return on;
    }

    /** Whether spans below this context are recorded; null is the context of what is not traced. */
    public boolean continues(@Nullable String context) {
        return on && context != null;
    }

    /**
     * Starts the span of a request that a client sent; it continues the client's trace, if the
     * client named one.
     *
     * @param headers the value of a header of the request, or null
     */
    public Span request(String name, Function<String, @Nullable String> headers) {
        return tracer.spanBuilder(name)
                .setSpanKind(SpanKind.SERVER)
                .setParent(read(headers))
                .startSpan();
    }

    /** Starts a span below this context; a span that records nothing if it is not traced. */
    public Span below(@Nullable String context, SpanKind kind, String name) {
        return below(context, kind, name, List.of());
    }

    /**
     * Starts a span below this context.
     *
     * @param links contexts of other spans that led to this one
     */
    public Span below(@Nullable String context, SpanKind kind, String name, List<String> links) {
        if (!on || context == null) {
            return Span.getInvalid();
        }
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind).setParent(read(context));
        for (String link : links) {
            SpanContext linked = Span.fromContext(read(link)).getSpanContext();
            if (linked.isValid()) {
                builder.addLink(linked);
            }
        }
        return builder.startSpan();
    }

    /** Starts a span below the one that this thread is in. */
    public Span here(SpanKind kind, String name) {
        return on ? below(context(Span.current()), kind, name) : Span.getInvalid();
    }

    /** The context of a span as text; null if the span is not recorded. */
    public static @Nullable String context(Span span) {
        SpanContext context = span.getSpanContext();
        return span.isRecording() && context.isSampled()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-01"
                : null;
    }

    /** The context of the span that this thread is in, if others may be told it. */
    public @Nullable String outgoing() {
        return on && outgoing ? context(Span.current()) : null;
    }

    private static Context read(String context) {
        return read(name -> name.equals(HEADER) ? context : null);
    }

    private static Context read(Function<String, @Nullable String> headers) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), headers, ByName.INSTANCE);
    }

    private enum ByName implements TextMapGetter<Function<String, @Nullable String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Function<String, @Nullable String> carrier) {
            return W3CTraceContextPropagator.getInstance().fields();
        }

        @Override
        public @Nullable String get(
                @Nullable Function<String, @Nullable String> carrier, String name) {
            return carrier == null ? null : carrier.apply(name);
        }
    }
}
