package dev.threadwell.flow;

import static dev.threadwell.flow.Model.silentAtFirst;
import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.TraceReceiver.ReceivedSpan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run is one trace, from its client's request through three services to its end. */
@OnInstallation
class TraceFlowTest {

    private static final String RUN = "POST /v1/threads/{thread}/runs";
    private static final String TURN = "invoke_agent";
    private static final String CLIENTS_SPAN = "00f067aa0ba902b7";

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final Installation installation;
    private final TraceReceiver traces;

    TraceFlowTest(Installation installation) {
        this.installation = installation;
        traces = installation.traces();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private Client tracedClient() {
        Http http = installation.node(0);
        return new Client(
                new Http(
                        http.base(),
                        http.key(),
                        Map.of("traceparent", "00-" + trace + "-" + CLIENTS_SPAN + "-01")));
    }

    private static ReceivedSpan only(List<ReceivedSpan> spans) {
        assertThat(spans).hasSize(1);
        return spans.getFirst();
    }

    @Test
    void aRunWithAToolIsOneTraceAcrossThreeServices() {
        var run =
                tracedClient()
                        .withCodeInterpreter()
                        .asks(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter','arguments':{'input':'print(\\'tangerine\\')'}}],'then':{'say':'A"
                                                + " pomelo.'}}"));
        run.becomes(COMPLETED).says("A pomelo.");

        List<ReceivedSpan> turns = traces.awaits(trace, TURN, 2);
        ReceivedSpan post = only(traces.awaits(trace, RUN, 1));
        ReceivedSpan tool = only(traces.awaits(trace, "execute_tool code_interpreter", 1));
        List<ReceivedSpan> calls = traces.awaits(trace, "chat simulated", 2);
        ReceivedSpan claim = only(traces.awaits(trace, "claim run", 1));
        ReceivedSpan first = turn(turns, "queued");
        ReceivedSpan second = turn(turns, "tools_answered");

        assertThat(post.parent()).isEqualTo(CLIENTS_SPAN);
        assertThat(turns).allMatch(turn -> turn.parent().equals(post.id()));
        assertThat(claim.parent()).isEqualTo(post.id());
        assertThat(tool.parent()).isEqualTo(first.id());
        assertThat(calls)
                .extracting(ReceivedSpan::parent)
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(first.links()).isEmpty();
        assertThat(second.links()).containsExactly(post.id(), tool.id());
        assertThat(first.attribute("threadwell.turn.end")).isEqualTo("awaits_tools");
        assertThat(second.attribute("threadwell.turn.end")).isEqualTo("completed");
        assertThat(List.of(post.service(), first.service(), tool.service()))
                .containsExactly("api-service", "run-worker", "tool-worker");
        assertThat(List.of(post, first, second, tool))
                .allMatch(span -> span.attribute("gen_ai.conversation.id").equals(run.thread()));
        assertThat(traces.of(trace))
                .noneMatch(span -> span.text().contains("tangerine"))
                .noneMatch(span -> span.text().contains("pomelo"));
    }

    private static ReceivedSpan turn(List<ReceivedSpan> turns, String start) {
        return only(turns.stream().filter(turn -> isStart(turn, start)).toList());
    }

    private static boolean isStart(ReceivedSpan turn, String start) {
        return turn.attribute("threadwell.turn.start").equals(start);
    }

    @Test
    void aTurnAfterTheDeathOfItsWorkerIsLinkedWithTheRunsFirstSpan() {
        var run =
                tracedClient()
                        .streams(
                                silentAtFirst(
                                        "'hang':'after_tokens','hang_after':40",
                                        "'tokens':60,'gap_ms':30"));
        run.stream().awaitsDeltas(10);
        traces.awaits(trace, "claim run", 1);

        installation.holderOf(run).dies();

        run.becomes(COMPLETED);
        ReceivedSpan post = only(traces.awaits(trace, RUN, 1));
        // Kafka may also deliver the dead worker's record again, whose claim then fails.
        ReceivedSpan turn =
                Eventually.present(
                        "the turn of the second worker",
                        () ->
                                traces.of(trace).stream()
                                        .filter(span -> span.is(TURN))
                                        .filter(span -> isStart(span, "taken_over"))
                                        .findFirst()
                                        .orElse(null));
        assertThat(turn.links()).containsExactly(post.id());
        assertThat(traces.awaits(trace, "claim run", 2))
                .extracting(claim -> claim.attribute("threadwell.worker.id"))
                .satisfies(workers -> assertThat(new HashSet<>(workers)).hasSize(2));
    }

    @Test
    void aTurnAfterASubmissionIsLinkedWithIt() {
        var run =
                tracedClient()
                        .withFunctions("weather")
                        .asks(simulate("{'calls':[{'name':'weather'}],'then':{'say':'Good.'}}"));
        run.becomes(REQUIRES_ACTION);

        run.submits("sunny").becomes(COMPLETED);

        ReceivedSpan submission = only(traces.awaits(trace, RUN + "/{id}/submit_tool_outputs", 1));
        assertThat(turn(traces.awaits(trace, TURN, 2), "outputs_submitted").links())
                .contains(submission.id());
    }

    @Test
    void whatIsNotSampledSendsNothing() {
        var silent = installation.client().asks(simulate("{'say':'Here.'}")).becomes(COMPLETED);
        tracedClient().asks(simulate("{'say':'Here.'}")).becomes(COMPLETED);

        traces.awaits(trace, TURN, 1);

        assertThat(traces.all()).noneMatch(span -> span.text().contains(silent.id()));
    }
}
