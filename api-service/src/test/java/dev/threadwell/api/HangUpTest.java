package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients of the administration that hang up leave every connection to the database usable. */
@QuarkusTest
class HangUpTest {

    /** Four times as many as the pool has connections. */
    private static final int CLIENTS = 64;

    private static final int ROUNDS = 3;

    @TestHTTPResource("/")
    URI base;

    @Test
    void aBurstOfClientsThatHangUpTakesNoConnectionAway() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < CLIENTS; i++) {
                hangUp(i % 2 == 0 ? "GET" : "POST", i % 2 == 0 ? "" : "{\"name\":\"burst\"}");
            }
        }

        Api admin = Api.administration(base);
        List<CompletableFuture<Api.Answer>> answers =
                IntStream.range(0, CLIENTS)
                        .boxed()
                        .flatMap(
                                i ->
                                        Stream.of(
                                                admin.sendAsync(
                                                        "GET", "/v1/organization/projects", null),
                                                Api.at(base)
                                                        .sendAsync("GET", "/v1/assistants", null)))
                        .toList();
        assertThat(answers).allMatch(answer -> answer.join().status() == 200);
    }

    /** Sends a request and resets the connection before the answer. */
    private void hangUp(String method, String body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoLinger(true, 0);
            String request =
                    "%s /v1/organization/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(method, Api.ADMIN_KEY, body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
    }
}
