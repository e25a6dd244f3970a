package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatsTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    @Test
    void whatReachedTheModelIsShown() throws Exception {
        simulator.complete(
                Chat.empty()
                        .message("system", "Be kind")
                        .message("user", "Hello")
                        .with("temperature", "0.5"));

        var last = simulator.stats().at("/last_requests/0");
        assertThat(last.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(last.path("message_count").asInt()).isEqualTo(2);
        assertThat(last.path("tools_offered").asBoolean()).isFalse();
        assertThat(last.at("/messages/0/content").asText()).isEqualTo("Be kind");
        assertThat(last.at("/parameters/temperature").asDouble()).isEqualTo(0.5);
        assertThat(last.path("refused").isNull()).isTrue();
    }

    @Test
    void offeredToolsAreSeen() throws Exception {
        simulator.complete(Chat.user("x").offering("f", "", "{\"type\":\"object\"}"));

        assertThat(simulator.stats().at("/last_requests/0/tools_offered").asBoolean()).isTrue();
    }

    @Test
    void refusedRequestsAreShownWithTheReason() throws Exception {
        simulator.complete(Chat.user("x").output("c1", "y"));

        assertThat(simulator.stats().path("refused").asInt()).isEqualTo(1);
        assertThat(simulator.stats().at("/last_requests/0/refused").asText())
                .contains("role 'tool'");
    }

    @Test
    void requestsCanBeFoundByAMarker() throws Exception {
        simulator.complete(Chat.user("this one: \"märker-1\""));
        simulator.complete(Chat.user("another"));

        var found = simulator.statsContaining("\"märker-1\"").path("last_requests");

        assertThat(found).hasSize(1);
        assertThat(found.at("/0/messages/0/content").asText()).startsWith("this one");
    }

    @Test
    void onlyTheLastHundredAreKept() throws Exception {
        for (int i = 0; i <= 100; i++) {
            simulator.complete(Chat.user("number " + i));
        }

        var last = simulator.stats().path("last_requests");
        assertThat(last).hasSize(100);
        assertThat(last.at("/0/messages/0/content").asText()).isEqualTo("number 1");
    }

    @Test
    void finishedRequestsAreCounted() throws Exception {
        simulator.complete(Chat.user("x"));
        simulator.stream(Chat.simulate("{\"tokens\":3}"));

        var stats = simulator.stats();
        assertThat(stats.path("started").asInt()).isEqualTo(2);
        assertThat(stats.path("finished").asInt()).isEqualTo(2);
        assertThat(stats.path("under_way").asInt()).isZero();
    }

    @Test
    void aClientThatLeavesAStreamIsCounted() throws Exception {
        try (Socket socket =
                simulator.ask(Chat.simulate("{\"tokens\":100000,\"gap_ms\":5}").streaming())) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(simulator.stats().path("under_way").asInt()).isEqualTo(1);
        }

        RunningSimulator.eventually(() -> simulator.stats().path("aborted").asInt() == 1);
        assertThat(simulator.stats().path("under_way").asInt()).isZero();
    }

    @Test
    void aClientThatLeavesBeforeTheFirstTokenIsCounted() throws Exception {
        try (Socket _ = simulator.ask(Chat.simulate("{\"first_token_ms\":60000}"))) {
            RunningSimulator.eventually(() -> simulator.stats().path("under_way").asInt() == 1);
        }

        RunningSimulator.eventually(() -> simulator.stats().path("aborted").asInt() == 1);
    }

    @Test
    void aResetForgetsEverything() throws Exception {
        simulator.complete(Chat.user("x"));

        simulator.beforeEach(null);

        assertThat(simulator.stats().path("started").asInt()).isZero();
        assertThat(simulator.stats().path("last_requests")).isEmpty();
    }
}
