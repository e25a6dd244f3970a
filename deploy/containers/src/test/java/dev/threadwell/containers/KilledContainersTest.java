package dev.threadwell.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Client;
import dev.threadwell.flow.ClientRun;
import dev.threadwell.flow.EventStream;
import dev.threadwell.flow.Http;
import dev.threadwell.flow.Status;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Twenty runs, in the middle of which a container is killed: nothing is lost, nothing is there
 * twice.
 */
@OnContainers
@Order(3)
class KilledContainersTest {

    private static final int RUNS = 20;
    private static final int MOST_RESUMPTIONS = 10;

    private final Installation installation;

    KilledContainersTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void everyRunEndsOnceWhileARunWorkerIsKilled() {
        List<ClientRun> runs = streaming();

        installation.runWorker(0).dies();

        endOnce(runs, 1);
    }

    @Test
    void everyRunEndsOnceWhileTheToolWorkerIsKilled() {
        List<ClientRun> runs = begun(KilledContainersTest::computing);
        runs.forEach(run -> run.stream().awaits("a call", e -> e.is("thread.run.step.created")));

        installation.toolWorker().dies();
        installation.heals();

        endOnce(runs, 0);
    }

    @Test
    void everyRunEndsOnceWhileAnApiNodeIsKilled() {
        List<ClientRun> runs = streaming();

        installation.apiService(1).dies();

        endOnce(runs, 0);
    }

    @Test
    void everyRunEndsOnceWhileKafkaIsKilled() {
        List<ClientRun> runs = streaming();

        installation.broker().dies();
        installation.broker().startsAgain();

        endOnce(runs, 1);
    }

    @Test
    void everyRunEndsOnceWhilePostgresIsKilled() {
        List<ClientRun> runs = streaming();

        installation.postgresServer().dies();
        installation.postgresServer().startsAgain();

        endOnce(runs, 1);
    }

    /** Twenty runs on both nodes, in the middle of their answers. */
    private List<ClientRun> streaming() {
        List<ClientRun> runs = begun(KilledContainersTest::saying);
        runs.forEach(run -> run.stream().awaitsDeltas(3));
        return runs;
    }

    /** Twenty runs on both nodes. */
    private List<ClientRun> begun(IntFunction<String> question) {
        List<Http> nodes = List.of(installation.node(0), installation.node(1));
        return IntStream.range(0, RUNS)
                .mapToObj(
                        n ->
                                new Client(nodes.get(n % 2))
                                        .withCodeInterpreter()
                                        .streams(Questions.simulate(question.apply(n))))
                .toList();
    }

    private static String saying(int n) {
        return "{'say':'Run %d:','tokens':100,'gap_ms':100}".formatted(n);
    }

    private static String computing(int n) {
        return "{'calls':[{'name':'code_interpreter'}],'then':%s}".formatted(saying(n));
    }

    private void endOnce(List<ClientRun> runs, int mostIncomplete) {
        Http node = installation.node(0);
        runs.forEach(run -> followsToItsEnd(run, node));
        List<ClientRun> seen = runs.stream().map(run -> run.on(node)).toList();
        for (int n = 0; n < RUNS; n++) {
            seen.get(n).becomes(Status.COMPLETED);
            List<EventStream.Event> events = runs.get(n).events();
            List<JsonNode> messages = seen.get(n).messages();
            assertThat(messages).hasSizeBetween(1, 1 + mostIncomplete);
            assertThat(messages)
                    .filteredOn(m -> m.path("status").asText().equals("completed"))
                    .containsExactly(messages.getLast());
            assertThat(EventStream.messages(events))
                    .containsExactlyElementsOf(
                            messages.stream().map(m -> m.path("id").asText()).toList());
            for (JsonNode message : messages) {
                assertThat(EventStream.text(events, message.path("id").asText()))
                        .isEqualTo(ClientRun.textOf(message));
            }
            assertThat(ClientRun.textOf(messages.getLast())).startsWith("Run %d:".formatted(n));
            seen.get(n).leavesItsThreadFree();
        }
        installation.heals();
        installation.tables().areInOrder();
    }

    /**
     * As a client does: it takes a stream that broke off up again, behind the last event that it
     * got.
     */
    private static void followsToItsEnd(ClientRun run, Http node) {
        String last = lastId(run.stream().toAnyEnd(), "");
        for (int n = 0; !run.stream().isDone(); n++) {
            assertThat(n).as("resumptions of %s", run.id()).isLessThan(MOST_RESUMPTIONS);
            run.resumesOn(node, last);
            last = lastId(run.stream().toAnyEnd(), last);
        }
    }

    private static String lastId(List<EventStream.Event> events, String otherwise) {
        return events.reversed().stream()
                .map(EventStream.Event::id)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }
}
