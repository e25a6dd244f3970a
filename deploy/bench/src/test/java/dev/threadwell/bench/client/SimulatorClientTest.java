package dev.threadwell.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.simulator.Simulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorClientTest {

    private final Vertx vertx = Vertx.vertx();
    private final Loop loop = Loop.of(vertx);

    @AfterEach
    void close() {
        loop.await(vertx::close);
    }

    @Test
    void eachTokenOfADirectedAnswerIsHeardOnce() {
        var simulator = loop.await(() -> Simulator.start(vertx, "127.0.0.1", 0));
        var client = new SimulatorClient(vertx, URI.create(simulator.url()));
        List<Long> tokens = new ArrayList<>();

        loop.await(() -> client.stream(new Direction(7, 0, 1), tokens::add));

        assertThat(tokens).hasSize(7).isSorted();
    }
}
