package dev.threadwell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.Simulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The simulated model, told in the questions what to do. */
final class Model implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Simulator simulator =
            Simulator.start(vertx, "127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();

    /** A question that directs the model; single quotes stand for JSON's double ones. */
    static String simulate(String direction) {
        return "Please simulate " + direction.replace('\'', '"');
    }

    String url() {
        return simulator.url();
    }

    /** How many of its clients have left in the middle of an answer. */
    int aborted() {
        return stats("").path("aborted").asInt();
    }

    /** How often it was asked this. */
    int timesAsked(String text) {
        return stats(text).path("last_requests").size();
    }

    /** The last request that contains the text. */
    JsonNode lastRequest(String text) {
        JsonNode requests = stats(text).path("last_requests");
        return requests.path(requests.size() - 1);
    }

    private JsonNode stats(String containing) {
        String query = URLEncoder.encode(containing, StandardCharsets.UTF_8);
        URI uri =
                URI.create(
                        "http://127.0.0.1:%d/simulator/stats?contains=%s"
                                .formatted(simulator.port(), query));
        return Json.read(
                client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .join()
                        .body());
    }

    @Override
    public void close() {
        simulator.stop().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }
}
