package dev.threadwell.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Checks a service's readiness endpoint. */
final class Health implements AutoCloseable {

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    boolean isReady(int port) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nothing listens yet, or the service is too busy to answer: not ready.
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
