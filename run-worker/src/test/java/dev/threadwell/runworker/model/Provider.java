package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.simulator.Simulator;
import dev.threadwell.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** JUnit extension with a simulated provider for one test class, and clients of it. */
public final class Provider implements BeforeAllCallback, AfterAllCallback {

    Vertx vertx;
    private HttpClient http;
    private Simulator simulator;

    @Override
    public void beforeAll(ExtensionContext context) {
        vertx = Vertx.vertx();
        http = HttpClient.newHttpClient();
        simulator = await(Simulator.start(vertx, "127.0.0.1", 0));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        http.close();
        await(simulator.stop());
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    String url() {
        return simulator.url();
    }

    /** A configuration with short timeouts. */
    record Config(
            Optional<URI> baseUrl,
            Duration idleTimeout,
            int attempts,
            Duration firstBackoff,
            Duration longestBackoff)
            implements ModelConfig {

        Config idle(Duration timeout) {
            return new Config(baseUrl, timeout, attempts, firstBackoff, longestBackoff);
        }

        Config attempts(int most) {
            return new Config(baseUrl, idleTimeout, most, firstBackoff, longestBackoff);
        }

        Config backoff(Duration first, Duration longest) {
            return new Config(baseUrl, idleTimeout, attempts, first, longest);
        }

        @Override
        public Optional<String> apiKey() {
            return Optional.empty();
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public int connections() {
            return 1000;
        }

        @Override
        public int contextTokens() {
            return 1000;
        }

        @Override
        public Map<String, Integer> contextWindows() {
            return Map.of();
        }

        @Override
        public Optional<List<String>> textOnly() {
            return Optional.empty();
        }
    }

    Config config() {
        return config(url());
    }

    static Config config(String url) {
        return new Config(
                Optional.of(URI.create(url)),
                Duration.ofSeconds(60),
                3,
                Duration.ofMillis(10),
                Duration.ofSeconds(10));
    }

    /** Starts a sampling on a Vert.x context and returns when it is under way. */
    ModelCall start(Config config, String direction, ModelCall.Listener listener) {
        ModelClient client = new ModelClient(vertx, config, java.time.InstantSource.system());
        return start(client, direction, listener);
    }

    ModelCall start(ModelClient client, String direction, ModelCall.Listener listener) {
        return start(client, direction, listener, ignored -> {});
    }

    /** Starts a sampling, and passes it on before its listener is called. */
    void start(
            Config config,
            String direction,
            ModelCall.Listener listener,
            Consumer<ModelCall> beforehand) {
        ModelClient client = new ModelClient(vertx, config, java.time.InstantSource.system());
        var _ = start(client, direction, listener, beforehand);
    }

    private ModelCall start(
            ModelClient client,
            String direction,
            ModelCall.Listener listener,
            Consumer<ModelCall> beforehand) {
        var started = io.vertx.core.Promise.<ModelCall>promise();
        vertx.getOrCreateContext()
                .runOnContext(
                        ignored -> {
                            ModelCall call = client.stream("sim-1", request(direction), listener);
                            beforehand.accept(call);
                            started.complete(call);
                        });
        return await(started.future());
    }

    /** A server with this handler, on any port. */
    HttpServer server(Handler<HttpServerRequest> handler) {
        return await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
    }

    static Config config(HttpServer server) {
        return config("http://127.0.0.1:" + server.actualPort() + "/v1/");
    }

    /** A port that no other process gets while this is open. Connections to it are refused. */
    static SocketChannel heldPort() throws IOException {
        return SocketChannel.open(StandardProtocolFamily.INET)
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(new InetSocketAddress("127.0.0.1", 0));
    }

    static Config config(SocketChannel heldPort) {
        return config("http://127.0.0.1:" + heldPort.socket().getLocalPort() + "/v1");
    }

    static byte[] request(String direction) {
        return Json.bytes(
                Map.of(
                        "model",
                        "sim-1",
                        "messages",
                        List.of(Map.of("role", "user", "content", "simulate " + direction)),
                        "stream",
                        true,
                        "stream_options",
                        Map.of("include_usage", true)));
    }

    /** The simulator's statistics, and those of the requests whose direction contains this text. */
    JsonNode stats(String url, String containing) {
        String query = URLEncoder.encode(containing, StandardCharsets.UTF_8);
        URI uri = URI.create(url.replace("/v1", "/simulator/stats?contains=" + query));
        try {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The number of requests whose direction contains this text. */
    int requests(String marker) {
        return stats(url(), marker).path("last_requests").size();
    }
}
