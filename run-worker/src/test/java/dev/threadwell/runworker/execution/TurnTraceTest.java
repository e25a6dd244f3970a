package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.RunError;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.ModelEvent;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The spans of a turn and of its model calls. */
class TurnTraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String POST = "00f067aa0ba902b7";
    private static final String ORIGIN = "00-" + TRACE + "-" + POST + "-01";

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

    private final ExecutionFixture fixture = new ExecutionFixture(Samples.run(), tracing, ORIGIN);

    @AfterEach
    void close() {
        fixture.close();
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(spans.getFinishedSpanItems().toString()));
    }

    private static List<String> linked(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> "00-" + context.getTraceId() + "-" + context.getSpanId() + "-01")
                .toList();
    }

    @Test
    void aTurnIsBelowTheRequestThatCreatedItsRun() {
        fixture.asked();
        fixture.says(new ModelEvent.Text("Four."), new ModelEvent.Finished("stop"));
        fixture.stops();
        fixture.untilReleased();

        SpanData turn = span(GenAi.INVOKE_AGENT);
        assertThat(turn.getTraceId()).isEqualTo(TRACE);
        assertThat(turn.getParentSpanId()).isEqualTo(POST);
        assertThat(turn.getAttributes().get(SpanKeys.TURN_END)).isEqualTo("completed");
        assertThat(turn.getAttributes().get(GenAi.CONVERSATION))
                .isEqualTo(Samples.run().threadId());
    }

    @Test
    void aModelCallIsASpanOfTheTurnWithItsTokens() {
        fixture.asked();
        fixture.says(
                new ModelEvent.Text("Four."),
                new ModelEvent.Finished("stop"),
                new ModelEvent.Spent(Usage.of(7, 3, 2, 1)));
        fixture.stops();
        fixture.untilReleased();

        SpanData call = span(GenAi.CHAT);
        assertThat(call.getParentSpanId()).isEqualTo(span(GenAi.INVOKE_AGENT).getSpanId());
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.getName()).isEqualTo("chat " + Samples.run().model());
        assertThat(call.getAttributes().get(GenAi.INPUT_TOKENS)).isEqualTo(7);
        assertThat(call.getAttributes().get(GenAi.OUTPUT_TOKENS)).isEqualTo(3);
        assertThat(call.getAttributes().get(GenAi.CACHED_TOKENS)).isEqualTo(2);
        assertThat(call.getAttributes().get(GenAi.REASONING_TOKENS)).isEqualTo(1);
        assertThat(call.getAttributes().get(GenAi.FINISH_REASONS)).containsExactly("stop");
        assertThat(call.getAttributes().get(GenAi.TIME_TO_FIRST_CHUNK)).isNotNegative();
    }

    @Test
    void nothingThatWasSaidIsInASpan() {
        fixture.asked();
        fixture.says(new ModelEvent.Text("Tangerine."), new ModelEvent.Finished("stop"));
        fixture.stops();
        fixture.untilReleased();

        assertThat(spans.getFinishedSpanItems().toString())
                .doesNotContain("Tangerine")
                .doesNotContain(fixture.model.asked);
    }

    @Test
    void aModelThatFailsSaysWhyInAWord() {
        fixture.asked();
        var failure =
                new ModelFailure(
                        new RunError("rate_limit_exceeded", "Tangerine."), false, Optional.empty());
        fixture.onContext(() -> fixture.model.listener.failed(failure));
        fixture.untilReleased();

        assertThat(span(GenAi.CHAT).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span(GenAi.CHAT).getAttributes().get(SpanKeys.ERROR))
                .isEqualTo("rate_limit_exceeded");
        assertThat(span(GenAi.INVOKE_AGENT).getAttributes().get(SpanKeys.ERROR))
                .isEqualTo("rate_limit_exceeded");
    }

    @Test
    void aTurnThatTakesARunOverIsLinkedWithTheRequestAndItsCause() {
        fixture.start(new StartReason.TakenOver());
        fixture.untilAsked();
        fixture.says(new ModelEvent.Text("Four."), new ModelEvent.Finished("stop"));
        fixture.stops();
        fixture.untilReleased();

        SpanData turn = span(GenAi.INVOKE_AGENT);
        assertThat(turn.getParentSpanId()).isEqualTo(POST);
        assertThat(turn.getAttributes().get(SpanKeys.TURN_START)).isEqualTo("taken_over");
        assertThat(linked(turn)).containsExactly(ORIGIN, ExecutionFixture.CAUSE);
    }

    @Test
    void aTurnThatWasNotClaimedSaysSo() {
        SpeculativeSampling sampling = fixture.speculate();
        fixture.untilAsked();
        sampling.abandon();
        fixture.onContext(() -> {});

        assertThat(span(GenAi.INVOKE_AGENT).getAttributes().get(SpanKeys.TURN_END))
                .isEqualTo("not_claimed");
        assertThat(span(GenAi.CHAT).getAttributes().get(SpanKeys.ERROR)).isEqualTo("aborted");
    }

    @Test
    void aRunThatIsNotTracedHasNoSpan() {
        try (ExecutionFixture untraced = new ExecutionFixture(Samples.run())) {
            untraced.asked();
            untraced.says(new ModelEvent.Finished("stop"));
            untraced.stops();
            untraced.untilReleased();
        }
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }
}
