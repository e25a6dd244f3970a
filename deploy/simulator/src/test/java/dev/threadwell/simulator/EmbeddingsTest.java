package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static double product(JsonNode a, JsonNode b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.path(i).asDouble() * b.path(i).asDouble();
        }
        return sum;
    }

    @Test
    void textsWithTheSameWordsAreNearEachOther() throws Exception {
        var reply =
                simulator.post(
                        "/v1/embeddings",
                        "{\"model\":\"m\",\"dimensions\":64,\"input\":[\"渡轮 The ferry!\",\"ferry the 渡轮\",\"a cake\"]}");

        assertThat(reply.status()).isEqualTo(200);
        JsonNode data = reply.json().path("data");
        assertThat(data).hasSize(3);
        assertThat(data.path(2).path("index").asInt()).isEqualTo(2);
        assertThat(data.path(0).path("embedding")).hasSize(64);
        assertThat(product(data.path(0).path("embedding"), data.path(1).path("embedding")))
                .isGreaterThan(0.999);
        assertThat(product(data.path(0).path("embedding"), data.path(2).path("embedding")))
                .isLessThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":\"x\"}",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"input\":[]}",
                "{\"model\":\"m\",\"input\":[1]}",
                "{\"model\":\"m\",\"input\":\"x\",\"dimensions\":0}",
                "[]"
            })
    void whatIsNoRequestIsRefused(String body) throws IOException, InterruptedException {
        assertThat(simulator.post("/v1/embeddings", body).status()).isEqualTo(400);
    }
}
