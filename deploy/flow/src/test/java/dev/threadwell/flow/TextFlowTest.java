package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnInstallation
class TextFlowTest {

    private final Model model;
    private final Client client;

    TextFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client();
    }

    @Test
    void aRunIsAnswered() {
        var run = client.asks(simulate("{'say':'It is sunny.'}"));

        run.becomes(COMPLETED).says("It is sunny.").stepsAre("completed").leavesItsThreadFree();
    }

    @Test
    void aRunThatEndedSaysWhenAndWhatItSpent() {
        var run =
                client.asks(
                        simulate(
                                "{'say':'Yes.','usage':{'prompt_tokens':7,'completion_tokens':5}}"));

        JsonNode ended = run.becomes(COMPLETED).object();
        assertThat(ended.path("expires_at").isNull()).isTrue();
        assertThat(ended.path("completed_at").isNumber()).isTrue();
        assertThat(ended.at("/usage/total_tokens").asInt()).isEqualTo(12);
    }

    @Test
    void anAnswerIsStreamedInOrder() {
        var run = client.streams(simulate("{'say':'It is sunny in Paris.'}"));

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
                .streamedWhatIsStored()
                .becomes(COMPLETED)
                .says("It is sunny in Paris.");
    }

    @Test
    void charactersThatArriveInHalvesAreStreamedWhole() {
        var run = client.streams(simulate("{'say':'世界 🌞 café','split_utf8':true}"));

        run.streamedWhatIsStored().becomes(COMPLETED).says("世界 🌞 café");
    }

    @Test
    void anAnswerThatItsLimitCutsIsIncomplete() {
        var cut = client.streams(simulate("{'tokens':400}"), Map.of("max_completion_tokens", 300));

        cut.streamed(
                "run.created",
                "run.queued",
                "run.in_progress",
                "run.step.created",
                "run.step.in_progress",
                "message.created",
                "message.in_progress",
                "message.delta",
                "message.incomplete",
                "run.step.completed",
                "run.incomplete");
        cut.becomes(INCOMPLETE).messagesAre("incomplete").stepsAre("completed");
        assertThat(cut.object().at("/incomplete_details/reason").asText())
                .isEqualTo("max_completion_tokens");
        assertThat(cut.messages().getFirst().at("/incomplete_details/reason").asText())
                .isEqualTo("max_tokens");
    }

    @Test
    void whatWasSaidBeforeIsTheModelsContext() {
        var first = client.asks(simulate("{'say':'My name is Ada.'}")).becomes(COMPLETED);
        first.leavesItsThreadFree();

        client.asksIn(first.thread(), Map.of()).becomes(COMPLETED);

        assertThat(model.lastRequest("My name is Ada.").path("messages"))
                .extracting(m -> m.path("role").asText())
                .containsExactly("user", "assistant", "user");
    }
}
