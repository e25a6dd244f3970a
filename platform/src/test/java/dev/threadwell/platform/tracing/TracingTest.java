package dev.threadwell.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contexts as text, and the spans below them. */
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-" + SPAN + "-00";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    private Tracing tracing(Sampler sampler, boolean outgoing) {
        SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .setSampler(Sampler.parentBased(sampler))
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
        return new Tracing(
                OpenTelemetrySdk.builder().setTracerProvider(provider).build(), true, outgoing);
    }

    private Tracing tracing() {
        return tracing(Sampler.alwaysOn(), false);
    }

    private SpanData only() {
        assertThat(spans.getFinishedSpanItems()).hasSize(1);
        return spans.getFinishedSpanItems().getFirst();
    }

    @Test
    void aRequestContinuesTheTraceOfItsClient() {
        tracing().request("POST", Map.of(Tracing.HEADER, SAMPLED)::get).end();
        assertThat(only().getTraceId()).isEqualTo(TRACE);
        assertThat(only().getParentSpanId()).isEqualTo(SPAN);
        assertThat(only().getKind()).isEqualTo(SpanKind.SERVER);
    }

    @Test
    void aClientThatIsNotSampledIsNotTraced() {
        Span span = tracing().request("POST", Map.of(Tracing.HEADER, NOT_SAMPLED)::get);
        assertThat(Tracing.context(span)).isNull();
    }

    @Test
    void aRequestWithoutContextBeginsATrace() {
        Span span = tracing().request("POST", name -> null);
        assertThat(Tracing.context(span))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .contains(span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId());
    }

    @Test
    void aHeaderThatIsNoContextBeginsATrace() {
        Span span = tracing().request("POST", Map.of(Tracing.HEADER, "00-nonsense")::get);
        assertThat(span.getSpanContext().isSampled()).isTrue();
    }

    @Test
    void whatIsNotSampledHasNoContext() {
        Span span = tracing(Sampler.alwaysOff(), false).request("POST", name -> null);
        assertThat(Tracing.context(span)).isNull();
    }

    @Test
    void aSpanIsBelowTheContextThatAnotherProcessWrote() {
        tracing().below(SAMPLED, SpanKind.INTERNAL, "invoke_agent").end();
        assertThat(only().getTraceId()).isEqualTo(TRACE);
        assertThat(only().getParentSpanId()).isEqualTo(SPAN);
        assertThat(only().getInstrumentationScopeInfo().getSchemaUrl()).isEqualTo(GenAi.SCHEMA_URL);
    }

    @Test
    void aLinkNamesTheSpanThatItContinues() {
        String other = "00-" + TRACE + "-00000000000000aa-01";
        tracing()
                .below(SAMPLED, SpanKind.INTERNAL, "invoke_agent", List.of(other, "nonsense"))
                .end();
        assertThat(only().getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly("00000000000000aa");
    }

    @Test
    void whatHasNoContextIsNotTraced() {
        Span span = tracing().below(null, SpanKind.INTERNAL, "invoke_agent");
        span.end();
        assertThat(span).isSameAs(Span.getInvalid());
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void switchedOffNothingContinues() {
        assertThat(Tracing.OFF.continues(SAMPLED)).isFalse();
        assertThat(Tracing.OFF.below(SAMPLED, SpanKind.INTERNAL, "x")).isSameAs(Span.getInvalid());
    }

    @Test
    void othersAreToldTheContextOnlyOnRequest() {
        Tracing open = tracing(Sampler.alwaysOn(), true);
        Span span = open.below(SAMPLED, SpanKind.INTERNAL, "execute_tool");
        try (Scope _ = span.makeCurrent()) {
            assertThat(open.outgoing()).isEqualTo(Tracing.context(span));
            assertThat(tracing().outgoing()).isNull();
        }
    }
}
