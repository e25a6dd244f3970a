package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartsTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String WHITE =
            """
            [{"heard": ["white hat", "topic"], "direction": {"say": "Facts."}},
             {"heard": ["topic"], "direction": {"say": "Something."}}]""";

    @AfterEach
    void forgetsAll() throws Exception {
        simulator.learn("[]");
    }

    @Test
    void theFirstPartWhoseTextsAreAllHeardIsPlayed() throws Exception {
        simulator.learn(WHITE);

        var said =
                simulator.complete(
                        Chat.empty()
                                .message("system", "You wear the white hat.")
                                .message("user", "On the topic, please."));

        assertThat(said.content()).isEqualTo("Facts.");
    }

    @Test
    void aPartOfWhichATextIsMissingIsNotPlayed() throws Exception {
        simulator.learn(WHITE);

        assertThat(simulator.complete(Chat.user("On the topic.")).content())
                .isEqualTo("Something.");
    }

    @Test
    void aPartGoesOnAfterItsCalls() throws Exception {
        simulator.learn(
                """
                [{"heard": ["topic"],
                  "direction": {"calls": [{"name": "f"}], "then": {"say": "Done."}}}]""");

        var said = simulator.complete(Chat.user("topic").calling("c1", "f").output("c1", "x"));

        assertThat(said.content()).isEqualTo("Done.");
    }

    @Test
    void aDirectionInAMessageGoesFirst() throws Exception {
        simulator.learn(WHITE);

        assertThat(simulator.complete(Chat.simulate("{\"say\": \"the topic\"}")).content())
                .isEqualTo("the topic");
    }

    @Test
    void partsThatAreForgottenAreNotPlayed() throws Exception {
        simulator.learn(WHITE);
        simulator.learn("[]");

        assertThat(simulator.complete(Chat.user("On the topic.")).content())
                .isNotEqualTo("Something.");
    }

    @Test
    void aPartWithoutATextToHearIsRefused() throws Exception {
        var reply = simulator.learn("[{\"heard\": [], \"direction\": {\"say\": \"Hi\"}}]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asText()).contains("'[0].heard'");
    }
}
