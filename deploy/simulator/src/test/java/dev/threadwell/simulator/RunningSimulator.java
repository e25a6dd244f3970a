package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A simulator for one test class, its counters reset before each test, and a client for it. */
final class RunningSimulator implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String COMPLETIONS = "/v1/chat/completions";

    /** Ends a test that hangs, and no other. */
    static final Duration LONG = Duration.ofSeconds(60);

    private Vertx vertx;
    private HttpClient client;
    private Simulator simulator;

    @Override
    public void beforeAll(ExtensionContext context) {
        vertx = Vertx.vertx();
        client = HttpClient.newBuilder().connectTimeout(LONG).build();
        simulator = await(Simulator.start(vertx, "127.0.0.1", 0));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        assertThat(send(request("/simulator/stats").DELETE().build()).status()).isEqualTo(204);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.close();
        await(simulator.stop());
        await(vertx.close());
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    static void eventually(Callable<Boolean> condition) {
        Awaitility.await().atMost(LONG).until(condition);
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return simulator.port();
    }

    HttpClient client() {
        return client;
    }

    /** A whole answer. */
    record Reply(int status, java.net.http.HttpHeaders headers, String text) {
        JsonNode json() {
            return Chat.json(text);
        }

        JsonNode error() {
            return json().path("error");
        }

        JsonNode message() {
            return json().at("/choices/0/message");
        }

        String content() {
            return message().path("content").asText();
        }
    }

    Reply complete(Chat chat) throws IOException, InterruptedException {
        return post(COMPLETIONS, chat.toString());
    }

    Reply post(String path, String body) throws IOException, InterruptedException {
        return send(post(path, body, LONG));
    }

    /** Gives directions ahead. */
    Reply learn(String parts) throws IOException, InterruptedException {
        return send(
                request("/simulator/parts")
                        .PUT(HttpRequest.BodyPublishers.ofString(parts))
                        .build());
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    JsonNode stats() throws IOException, InterruptedException {
        return get("/simulator/stats").json();
    }

    JsonNode statsContaining(String marker) throws IOException, InterruptedException {
        return get("/simulator/stats?contains=" + URLEncoder.encode(marker, StandardCharsets.UTF_8))
                .json();
    }

    HttpRequest post(String path, String body, Duration timeout) {
        return request(path)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    /** Reads a stream to its end; fails as the connection does. */
    Events stream(Chat chat) throws IOException, InterruptedException {
        var events = new ArrayList<Events.Event>();
        stream(chat, events);
        return new Events(events);
    }

    /** Reads a stream into the list, which keeps what came before a failure. */
    void stream(Chat chat, java.util.List<Events.Event> into)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(
                        post(COMPLETIONS, chat.streaming().toString(), LONG),
                        BodyHandlers.ofInputStream());
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + ": " + lines.readLine());
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    into.add(new Events.Event(line.substring(6), System.nanoTime()));
                }
            }
        }
    }

    /** A plain connection on which the request was written and nothing has been read. */
    Socket ask(Chat chat) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout((int) LONG.toMillis());
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port()));
        byte[] body = chat.toString().getBytes(StandardCharsets.UTF_8);
        String head =
                "POST "
                        + COMPLETIONS
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }
}
