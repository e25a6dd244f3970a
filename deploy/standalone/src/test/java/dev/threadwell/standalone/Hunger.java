package dev.threadwell.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Lets a {@link TinyService} run out of memory. */
final class Hunger {

    private Hunger() {}

    static void of(int port) {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hunger"))
                            .build();
            // No answer comes: the connection ends with the process.
            var _ =
                    client.sendAsync(request, BodyHandlers.discarding())
                            .handle((answer, failure) -> "ended")
                            .join();
        }
    }

    static boolean isReady(int port) {
        try (var health = new Health()) {
            return health.isReady(port);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
