package dev.threadwell.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Provider provider;
    private volatile int status = 200;
    private long now = Long.MAX_VALUE - 1;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/models",
                exchange -> {
                    asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] body =
                            """
                            {"object":"list","data":[
                              {"id":"a/b","object":"model","created":7,"owned_by":"me","extra":1},
                              {"id":"c"}]}"""
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        provider =
                new Provider(
                        vertx,
                        Optional.of("http://localhost:" + server.getAddress().getPort() + "/v1"),
                        Optional.of("secret"),
                        Optional.of(List.of("c", "d")),
                        () -> now);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private List<Model> models() {
        return provider.models().await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void theProvidersModelsAreShownWithTheApisKeysAlone() {
        assertThat(models())
                .containsExactly(
                        new Model("a/b", "model", 7, "me"),
                        new Model("c", "model", 0, "system"),
                        new Model("d", "model", 0, "system"));
        assertThat(asked).containsExactly("Bearer secret");
    }

    @Test
    void theProviderIsNotAskedAgainAtOnce() {
        models();
        models();
        assertThat(asked).hasSize(1);
    }

    @Test
    void theProviderIsAskedAgainTenSecondsLater() {
        models();
        now += Duration.ofSeconds(10).toNanos();
        models();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aProviderThatFailsIsAFailure() {
        status = 503;
        assertThatThrownBy(this::models).hasMessageContaining("503");
    }

    @Test
    void anIdMayHoldASlash() {
        assertThat(
                        new ModelResource(provider)
                                .retrieve("a/b")
                                .await()
                                .atMost(Duration.ofSeconds(60)))
                .isEqualTo(new Model("a/b", "model", 7, "me"));
    }
}
