package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions that the system executes, from the model's call to its next turn. */
@OnInstallation
class BoundFunctionFlowTest {

    private static final String CALLING =
            simulate("{'calls':[{'name':'tides'}],'then':{'say':'High.'}}");

    private final Installation installation;
    private final Client client;

    BoundFunctionFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private Client bound(Endpoint endpoint, boolean repeatable) {
        return client.withBoundFunction(
                "tides", Map.of("http", Map.of("url", endpoint.url()), "repeatable", repeatable));
    }

    @Test
    void aFunctionAtAnEndpointNeedsNoClient() {
        try (Endpoint endpoint = new Endpoint("2.4 m", 1)) {
            var run = bound(endpoint, true).asks(CALLING);

            run.becomes(COMPLETED).says("High.");
            assertThat(run.firstCall().path("type").asText()).isEqualTo("function");
            assertThat(run.firstCall().at("/function/output").asText()).isEqualTo("2.4 m");
            assertThat(Set.copyOf(endpoint.ids())).hasSize(1);
        }
    }

    /** PostgreSQL reads no field of a document with a zero character. */
    @Test
    void aRunWithAZeroCharacterInItsInstructionsCallsItsFunction() {
        try (Endpoint endpoint = new Endpoint("2.4 m", 1)) {
            bound(endpoint, true)
                    .asks(CALLING, Map.of("instructions", "a\0b"))
                    .becomes(COMPLETED)
                    .says("High.");
        }
    }

    @Test
    void aFunctionOfTheClientWaitsBesideIt() {
        try (Endpoint endpoint = new Endpoint("2.4 m", 1)) {
            var run =
                    bound(endpoint, true)
                            .withFunctions("weather")
                            .asks(
                                    simulate(
                                            "{'calls':[{'name':'tides'},{'name':'weather'}],"
                                                    + "'then':{'say':'Both.'}}"));

            run.becomes(REQUIRES_ACTION);
            assertThat(run.calls())
                    .singleElement()
                    .satisfies(
                            c -> assertThat(c.at("/function/name").asText()).isEqualTo("weather"));
            run.submits("sunny").becomes(COMPLETED).says("Both.");
        }
    }

    @Test
    void aFunctionOnATopicIsAnsweredByWhoeverReadsIt() {
        var run = client.withBoundFunction("tides", Map.of("topic", "tides")).asks(CALLING);
        JsonNode called =
                Json.read(
                        Topic.text(
                                Eventually.present(
                                        "the call", () -> first("function.called.tides", run))));

        // On every partition, so it is a repeated answer too.
        installation
                .topic("function.answered")
                .receivesEverywhere(
                        run.thread(),
                        "{\"id\":\"%s\",\"output\":{\"metres\":2.4}}"
                                .formatted(called.path("id").asText()));

        run.becomes(COMPLETED).says("High.");
        assertThat(called.path("name").asText()).isEqualTo("tides");
        assertThat(run.firstCall().at("/function/output").asText()).isEqualTo("{\"metres\":2.4}");
    }

    private ConsumerRecord<String, byte[]> first(String topic, ClientRun run) {
        return installation.topic(topic).records(run.thread()).stream().findFirst().orElse(null);
    }

    @Test
    void aFunctionThatNobodyAnswersIsGivenUp() {
        var run =
                client.withBoundFunction("tides", Map.of("topic", "tides", "timeout_seconds", 1))
                        .asks(CALLING);

        run.becomes(COMPLETED);
        assertThat(run.firstCall().at("/function/output").asText())
                .isEqualTo("The function did not answer in time.");
    }

    @Test
    void aCallOfACancelledRunKeepsNoOtherWaiting() {
        try (Endpoint silent = new Endpoint("too late", 2);
                Endpoint endpoint = new Endpoint("2.4 m", 1)) {
            var http = Map.of("http", Map.of("url", silent.url()), "timeout_seconds", 600);
            var run = client.withBoundFunction("tides", http).asks(CALLING);
            Eventually.isTrue("the call is under way", () -> !silent.ids().isEmpty());

            run.cancels().becomes(CANCELLED);

            client.says(run.thread(), CALLING);
            bound(endpoint, true).asksIn(run.thread(), Map.of()).becomes(COMPLETED).says("High.");
        }
    }

    @Test
    void aCallThatAToolWorkerDiesWithIsExecutedAgainUnderItsId() {
        try (Endpoint endpoint = new Endpoint("2.4 m", 2)) {
            var run = bound(endpoint, true).asks(CALLING);
            Eventually.isTrue("the call is under way", () -> !endpoint.ids().isEmpty());

            installation.toolWorker(0).dies();
            installation.heals();

            run.becomes(COMPLETED).says("High.");
            assertThat(endpoint.ids())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsOnly(endpoint.ids().getFirst());
        }
    }

    @Test
    void aCallThatMustNotBeRepeatedFailsItsRunThen() {
        try (Endpoint endpoint = new Endpoint("2.4 m", 2)) {
            var run = bound(endpoint, false).asks(CALLING);
            Eventually.isTrue("the call is under way", () -> !endpoint.ids().isEmpty());

            installation.toolWorker(0).dies();
            installation.heals();

            run.failsWith("server_error");
            assertThat(run.object().at("/last_error/message").asText())
                    .contains("tides", "must not be executed twice");
            assertThat(endpoint.ids()).hasSize(1);
        }
    }
}
