package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningInstallation.class)
class DeliveryFlowTest {

    private static final String COMPUTING =
            simulate("{'calls':[{'name':'code_interpreter'}],'then':{'say':'Computed.'}}");

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
    @ValueSource(strings = {"run.requested", "run.cancelled", "tool.requested", "tool.answered"})
    void aRecordThatNobodyCanReadIsPutAsideAndTheNextIsHandled(String name) {
        Topic dead = installation.topic(name + ".dead");
        String poison = "{\"poison\": for " + name;

        installation.topic(name).receivesEverywhere("thread_poison", poison);

        client.asks(COMPUTING).becomes(COMPLETED).says("Computed.");
        client.asks(simulate("{'tokens':500,'gap_ms':20}"))
                .becomes(Status.IN_PROGRESS)
                .cancels()
                .becomes(CANCELLED);
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
    @CsvSource({
        "run.requested, run-worker",
        "tool.requested, tool-worker",
        "tool.answered, run-worker-tools",
        "run.cancelled, ''"
    })
    void recordsThatAreDeliveredTwiceChangeNothing(String name, String group) {
        var waiting =
                client.withFunctions("weather")
                        .asks(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter'},{'name':'weather'}],'then':{'say':'Both.'}}"))
                        .becomes(REQUIRES_ACTION);
        client.asks(COMPUTING).becomes(COMPLETED);
        waiting.on(installation.node(1)).becomes(REQUIRES_ACTION);
        List<?> before = installation.database().rows(EVERYTHING);

        Topic topic = installation.topic(name);
        topic.repeatsItself();
        topic.isHandledBy(group);
        installation.topic("tool.answered").isHandledBy("run-worker-tools");

        assertThat(installation.database().rows(EVERYTHING)).isEqualTo(before);
        waiting.submits("sunny").becomes(COMPLETED).says("Both.");
    }
}
