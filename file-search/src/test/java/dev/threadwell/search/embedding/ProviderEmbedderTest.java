package dev.threadwell.search.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.threadwell.simulator.Simulator;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A provider is asked for many vectors at a time, and again when it fails. */
class ProviderEmbedderTest {

    private static Vertx vertx;
    private static Simulator provider;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        provider =
                Simulator.start(vertx, "127.0.0.1", 0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void eachChunkHasTheVectorOfItsText() {
        Embedder embedder = Embedders.provider(provider.url(), 32);
        List<Chunk> chunks =
                IntStream.range(0, 150).mapToObj(i -> new Chunk(0, "ferry number " + i)).toList();

        List<Chunk> embedded = embedder.embedded(chunks);

        assertThat(embedded).hasSize(150);
        Vectors last = Objects.requireNonNull(embedded.getLast().vectors());
        assertThat(last.model()).isEqualTo("text-embedding-3-small/32");
        assertThat(last.windows().getFirst())
                .isEqualTo(embedder.query("ferry number 149").windows().getFirst());
    }

    /** A server that answers each request with the next of these. */
    private static HttpServer server(AtomicInteger asked, String... answers) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/embeddings",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    String answer = answers[Math.min(asked.getAndIncrement(), answers.length - 1)];
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            answer.startsWith("{\"data") ? 200 : Integer.parseInt(answer),
                            body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static Embedder of(HttpServer server) {
        return Embedders.provider("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/", 2);
    }

    @Test
    void aProviderThatIsBusyIsAskedAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                server(asked, "429", "503", "{\"data\":[{\"index\":0,\"embedding\":[3,4]}]}");
        try {
            assertThat(of(server).query("tide").windows().getFirst()).containsExactly(0.6f, 0.8f);
            assertThat(asked).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aProviderThatRefusesIsNotAskedAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = server(asked, "401");
        try {
            assertThatThrownBy(() -> of(server).query("tide"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("401");
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }
}
