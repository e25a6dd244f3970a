package dev.threadwell.toolworker.imagegeneration;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An image API on this machine that answers as a test says. */
final class FakeProvider implements AutoCloseable {

    /** A request that was received. */
    record Asked(String path, String authorization, String body) {

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String contentType = "application/json";
    private volatile boolean refusesStreams;
    private volatile byte[] answer = new byte[0];
    private volatile byte[] picture = new byte[0];
    private volatile boolean silent;

    FakeProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/", this::answer);
        server.createContext("/picture", exchange -> send(exchange, 200, picture));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    String pictureUrl() {
        return "http://127.0.0.1:%d/picture".formatted(server.getAddress().getPort());
    }

    void answers(int code, String json) {
        status = code;
        answer = json.getBytes(StandardCharsets.UTF_8);
    }

    void streams(String events) {
        answers(200, events);
        contentType = "text/event-stream";
    }

    /** From now on it does not know the parameter {@code stream}. */
    void refusesStreams() {
        refusesStreams = true;
    }

    void shows(byte[] bytes) {
        picture = bytes;
    }

    /** From now on no request is answered. */
    void fallsSilent() {
        silent = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String key = exchange.getRequestHeaders().getFirst("authorization");
        asked.add(new Asked(exchange.getRequestURI().getPath(), String.valueOf(key), body));
        if (silent) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (refusesStreams && body.contains("\"stream\"")) {
            send(
                    exchange,
                    400,
                    "{\"error\":{\"message\":\"Unknown parameter.\",\"param\":\"stream\"}}"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().set("content-type", contentType);
        send(exchange, status, answer);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
