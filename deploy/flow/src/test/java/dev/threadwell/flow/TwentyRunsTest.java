package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class TwentyRunsTest {

    private static final int RUNS = 20;

    private final Installation installation;

    TwentyRunsTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void everyRunEndsOnceWhileARunWorkerDies() {
        List<ClientRun> runs = streaming();

        installation.runWorker(0).dies();

        endOnce(runs, 1);
    }

    @Test
    void everyRunEndsOnceWhileAToolWorkerDies() {
        List<ClientRun> runs = begun(TwentyRunsTest::computing);

        installation.toolWorker(0).dies();
        installation.heals();

        endOnce(runs, 0);
    }

    @Test
    void callsWaitForAToolWorkerToComeBack() {
        installation.toolWorker(0).dies();
        List<ClientRun> runs = begun(TwentyRunsTest::computing);
        runs.forEach(run -> run.stream().awaits("a call", e -> e.is("thread.run.step.created")));

        installation.heals();

        endOnce(runs, 0);
    }

    @Test
    void everyRunEndsOnceWhileAnApiNodeDies() {
        List<ClientRun> runs = streaming();

        installation.apiService(1).dies();
        runs.stream().filter(this::hasLostItsNode).forEach(r -> r.resumesOn(installation.node(0)));

        endOnce(runs, 0);
    }

    private boolean hasLostItsNode(ClientRun run) {
        return run.isOn(installation.node(1));
    }

    /** Twenty runs on both nodes, in the middle of their answers. */
    private List<ClientRun> streaming() {
        List<ClientRun> runs = begun(TwentyRunsTest::saying);
        runs.forEach(run -> run.stream().awaitsDeltas(3));
        return runs;
    }

    /** Twenty runs on both nodes. */
    private List<ClientRun> begun(IntFunction<String> question) {
        return Installation.times(
                RUNS,
                n ->
                        new Client(installation.node(n % 2))
                                .withCodeInterpreter()
                                .streams(simulate(question.apply(n))));
    }

    private static String saying(int n) {
        return "{'say':'Run %d:','tokens':80,'gap_ms':50}".formatted(n);
    }

    private static String computing(int n) {
        return "{'calls':[{'name':'code_interpreter'}],'then':%s}".formatted(saying(n));
    }

    private void endOnce(List<ClientRun> runs, int mostIncomplete) {
        List<ClientRun> seen = runs.stream().map(run -> run.on(installation.node(0))).toList();
        seen.forEach(run -> run.becomes(Status.COMPLETED));
        for (int n = 0; n < RUNS; n++) {
            List<EventStream.Event> events = runs.get(n).events();
            List<JsonNode> messages = seen.get(n).messages();
            assertThat(EventStream.messages(events))
                    .containsExactlyElementsOf(
                            messages.stream().map(m -> m.path("id").asText()).toList());
            for (JsonNode message : messages) {
                assertThat(EventStream.text(events, message.path("id").asText()))
                        .isEqualTo(ClientRun.textOf(message));
            }
            assertThat(ClientRun.textOf(messages.getLast())).startsWith("Run %d:".formatted(n));
        }
        installation.heals();
        new Invariants(installation).holdForCompleted(seen, mostIncomplete);
    }
}
