package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnInstallation
class StreamFlowTest {

    private final Installation installation;
    private final Client client;

    StreamFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @Test
    void aRunWhoseClientHangsUpGoesOn() {
        var run = client.streams(simulate("{'say':'Nobody listens.','tokens':30,'gap_ms':20}"));
        run.stream().awaitsDeltas(3).drops();

        run.becomes(COMPLETED).messagesAre("completed").leavesItsThreadFree();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aBrokenStreamIsTakenUpOnAnyNodeWithoutGapOrDouble(int node) {
        var run = client.streams(simulate("{'tokens':40,'gap_ms':25}"));
        run.stream().awaitsDeltas(10).drops();

        run.resumesOn(installation.node(node));

        run.streamed(
                        "run.created",
                        "run.queued",
                        "run.in_progress",
                        "run.step.created",
                        "run.step.in_progress",
                        "message.created",
                        "message.in_progress",
                        "message.delta",
                        "message.completed",
                        "run.step.completed",
                        "run.completed")
                .streamedWhatIsStored();
        assertThat(run.events())
                .extracting(EventStream.Event::id)
                .filteredOn(id -> !id.isEmpty())
                .doesNotHaveDuplicates();
    }

    @Test
    void aStreamThatHasEndedIsTakenUpBehindAnyOfItsEvents() {
        var run = client.streams(simulate("{'tokens':5}"));
        List<EventStream.Event> all = run.events();

        for (int i = 0; i < all.size() - 1; i++) {
            String id = all.get(i).id();
            if (!id.isEmpty()) {
                var rest = EventStream.resumed(installation.node(1), run.path(), id).toItsEnd();
                assertThat(rest).as("behind event %d", i).isEqualTo(all.subList(i + 1, all.size()));
            }
        }
    }

    @Test
    void anAnswerToAPollHelperWaitsForTheNextChange() {
        var run = client.asks(simulate("{'say':'Slowly.','first_token_ms':800}"));

        var answer = client.http().get(run.path(), Map.of("X-Stainless-Poll-Helper", "true"));

        assertThat(answer.ok().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void anAnswerOfAnUnfinishedRunSaysWhenToAskAgain() {
        var run = client.asks(Model.endless());

        var answer = client.http().get(run.path());

        assertThat(answer.headers().firstValue("openai-poll-after-ms")).isPresent();
        run.cancels().becomes(CANCELLED);
    }
}
