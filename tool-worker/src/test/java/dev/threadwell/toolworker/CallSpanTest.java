package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.RunError;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

/** The span of a tool call. */
class CallSpanTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TURN_SPAN = "00f067aa0ba902b7";
    private static final String TURN = "00-" + TRACE + "-" + TURN_SPAN + "-01";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Tracing tracing =
            new Tracing(
                    OpenTelemetrySdk.builder()
                            .setTracerProvider(
                                    SdkTracerProvider.builder()
                                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                            .build())
                            .build(),
                    true,
                    false);

    private static ToolRequested call(ToolKind kind) {
        return new ToolRequested(
                "proj",
                "thread_pier",
                "run_ferry",
                "step_1",
                "call_t",
                kind,
                null,
                "tides",
                "{\"where\":\"tangerine\"}",
                1_800_000_000);
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallIsASpanOfItsTurn() {
        CallSpan.begin(tracing, call(ToolKind.FUNCTION), TURN).close();

        SpanData span = span("execute_tool tides");
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(TURN_SPAN);
        assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(span.getAttributes().get(GenAi.TOOL_CALL)).isEqualTo("call_t");
        assertThat(span.getAttributes().get(GenAi.TOOL_TYPE)).isEqualTo("function");
        assertThat(span.toString()).doesNotContain("tangerine");
    }

    @Test
    void whatTheToolDoesIsBelowTheCall() {
        try (CallSpan _ = CallSpan.begin(tracing, call(ToolKind.FILE_SEARCH), TURN)) {
            tracing.here(SpanKind.CLIENT, GenAi.RETRIEVAL).end();
        }

        assertThat(span("retrieval").getParentSpanId())
                .isEqualTo(span("execute_tool tides").getSpanId());
        assertThat(span("execute_tool tides").getAttributes().get(GenAi.TOOL_TYPE))
                .isEqualTo("datastore");
    }

    @Test
    void anOutputThatFailsTheRunIsAnErrorWithoutItsText() {
        try (CallSpan span = CallSpan.begin(tracing, call(ToolKind.FUNCTION), TURN)) {
            span.answered(new ToolOutput.Failed(new RunError("server_error", "A tangerine.")));
        }

        SpanData span = span("execute_tool tides");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(SpanKeys.ERROR)).isEqualTo("server_error");
        assertThat(span.toString()).doesNotContain("tangerine");
    }

    @Test
    void aCallOfATurnThatIsNotTracedHasNoSpan() {
        try (CallSpan span = CallSpan.begin(tracing, call(ToolKind.FUNCTION), null)) {
            assertThat(span.context()).isNull();
        }
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }
}
