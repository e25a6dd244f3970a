package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two clients do at the same time, and what many do that go away. */
@QuarkusTest
class RaceTest {

    private static final int PAIRS = 1_000;
    private static final int AT_ONCE = 32;

    @TestHTTPResource("/")
    URI base;

    @Inject Pool pool;

    private Api api;
    private String assistant;

    @BeforeEach
    void open() {
        api = Api.at(base);
        assistant = api.assistant();
    }

    @Test
    void ofTwoRunsOnAThreadOneIsQueuedAndOneIsRefused() throws InterruptedException {
        String body = "{\"assistant_id\":\"" + assistant + "\"}";
        for (List<Api.Answer> pair : pairs("/runs", body, "/runs", body)) {
            assertThat(pair).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 400);
            Api.Answer queued = pair.stream().filter(a -> a.status() == 200).findFirst().get();
            Api.Answer refused = pair.stream().filter(a -> a.status() == 400).findFirst().get();
            refused.isError(
                    400,
                    "Thread %s already has an active run %s."
                            .formatted(
                                    queued.json().path("thread_id").asText(),
                                    queued.json().path("id").asText()),
                    null,
                    null);
        }
    }

    @Test
    void aMessageIsInFrontOfARunOrRefused() throws InterruptedException {
        String run = "{\"assistant_id\":\"" + assistant + "\"}";
        String message = "{\"role\":\"user\",\"content\":\"late\"}";
        for (List<Api.Answer> pair : pairs("/runs", run, "/messages", message)) {
            Api.Answer created = pair.get(0);
            Api.Answer added = pair.get(1);
            assertThat(created.status()).as(created.body()).isEqualTo(200);
            if (added.status() != 200) {
                added.isError(
                        400,
                        "Can't add messages to %s while a run %s is active."
                                .formatted(created.json().path("thread_id").asText(), created.id()),
                        null,
                        null);
            }
        }
    }

    private List<List<Api.Answer>> pairs(
            String path, String body, String otherPath, String otherBody)
            throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        List<CompletableFuture<List<Api.Answer>>> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            room.acquire();
            pairs.add(
                    api.sendAsync(
                                    "POST",
                                    "/v1/threads",
                                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                            .thenCompose(
                                    thread -> {
                                        String at = "/v1/threads/" + thread.id();
                                        var one = api.sendAsync("POST", at + path, body);
                                        var other =
                                                api.sendAsync("POST", at + otherPath, otherBody);
                                        return one.thenCombine(other, List::of);
                                    })
                            .whenComplete((pair, failure) -> room.release()));
        }
        return pairs.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void clientsThatGoAwayLeaveNoConnectionBehind() throws IOException {
        String thread = api.thread();
        for (int burst = 0; burst < 3; burst++) {
            abort("GET /v1/threads/" + thread + "/messages", "");
            abort(
                    "POST /v1/threads/" + thread + "/messages",
                    "{\"role\":\"user\",\"content\":\"x\"}");
            abort(
                    "POST /v1/threads/runs",
                    """
                    {"stream":true,"assistant_id":"%s","thread":{"messages":[{"role":"user","content":"x"}]}}"""
                            .formatted(assistant));
        }
        List<CompletableFuture<Api.Answer>> after =
                IntStream.range(0, 64)
                        .mapToObj(
                                i ->
                                        api.sendAsync(
                                                "POST",
                                                "/v1/threads/" + thread + "/messages",
                                                "{\"role\":\"user\",\"content\":\"x\"}"))
                        .toList();
        assertThat(after).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(200));
        assertThat(pool.size()).isLessThanOrEqualTo(16);
    }

    /** 64 clients that send a request and reset their connection at once. */
    private void abort(String line, String body) throws IOException {
        List<Socket> clients = new ArrayList<>();
        String request =
                line
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Api.KEY
                        + "\r\nOpenAI-Beta: assistants=v2\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        for (int i = 0; i < 64; i++) {
            Socket client = new Socket(base.getHost(), base.getPort());
            client.setSoLinger(true, 0);
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            clients.add(client);
        }
        for (Socket client : clients) {
            client.close();
        }
    }
}
