package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnInstallation
class DeliveryFlowTest {

    private static final String COMPUTING =
            simulate("{'calls':[{'name':'code_interpreter'}],'then':{'say':'Computed.'}}");

    private static final String COMPUTING_FIRST =
            simulate(
                    "{'calls':[{'name':'code_interpreter'},{'name':'weather'}],'then':{'say':'Both.'}}");

    private static final String EVERYTHING =
            """
            select 'run', id, version::text, epoch::text, document::text from runs
            union all select 'message', id, seq::text, '', document::text from messages
            union all select 'step', id, seq::text, open::text, document::text from run_steps
            union all select 'thread', id, seq::text, '', '' from threads
            order by 1, 2
            """;

    private final Installation installation;
    private final Client client;

    DeliveryFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client().withCodeInterpreter();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.requested",
                "run.cancelled",
                "tool.requested",
                "tool.answered",
                "file.added"
            })
    void aRecordThatNobodyCanReadIsPutAsideAndTheNextIsHandled(String name) {
        Topic dead = installation.topic(name + ".dead");
        String poison = "{\"poison\": for " + name;

        installation.topic(name).receivesEverywhere("thread_poison", poison);

        client.asks(COMPUTING).becomes(COMPLETED).says("Computed.");
        client.asks(Model.endless()).becomes(Status.IN_PROGRESS).cancels().becomes(CANCELLED);
        client.store("tides.txt", "Low water is at noon.").becomes("completed");
        Eventually.holds(
                name + " has its dead letters",
                () ->
                        assertThat(dead.records("thread_poison"))
                                .isNotEmpty()
                                .allSatisfy(
                                        r -> {
                                            assertThat(Topic.text(r)).isEqualTo(poison);
                                            assertThat(Topic.header(r, "reason")).isNotEmpty();
                                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.requested", "run.cancelled", "tool.requested", "tool.answered"})
    void recordsThatAreDeliveredTwiceChangeNothing(String name) {
        var waiting =
                client.withFunctions("weather").asks(COMPUTING_FIRST).becomes(REQUIRES_ACTION);
        client.asks(COMPUTING).becomes(COMPLETED);
        client.asks(Model.endless()).becomes(Status.IN_PROGRESS).cancels().becomes(CANCELLED);
        List<?> before = installation.database().rows(EVERYTHING);

        Topic topic = installation.topic(name);
        assertThat(topic.repeatsItself()).as("records that were there").isPositive();
        isRead(topic);
        // A record that cannot be read is put aside before its neighbours of one poll are handled,
        // but never before those of an earlier one.
        isRead(topic);

        installation.topic("tool.answered").isHandledBy("run-worker-tools");
        assertThat(installation.database().rows(EVERYTHING)).isEqualTo(before);
        waiting.submits("sunny").becomes(COMPLETED).says("Both.");
    }

    /** What comes behind them on each partition has been put aside: so they have been read. */
    private void isRead(Topic topic) {
        String mark = "thread_mark_" + System.nanoTime();
        int partitions = topic.receivesEverywhere(mark, "no JSON");
        // Of a cancellation every worker hears, of everything else one.
        int hearers = topic.name().equals("run.cancelled") ? 2 : 1;
        Topic dead = installation.topic(topic.name() + ".dead");
        Eventually.isTrue(
                topic.name() + " is read", () -> dead.records(mark).size() >= partitions * hearers);
    }
}
