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
import java.util.List;
import java.util.UUID;

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

    /** An answer that lasts longer than anybody waits: only its client ends it. */
    static String endless() {
        return simulate("{'tokens':3000,'gap_ms':50}");
    }

    /**
     * The model says this, but whoever asks first hears only its beginning, if anything, and waits.
     *
     * @param hang how it falls silent, as the simulator is directed
     */
    static String silentAtFirst(String hang, String answer) {
        return simulate("{%s,%s,'times':1,'key':'%s'}".formatted(hang, answer, UUID.randomUUID()));
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

    /** Waits until it has been asked this: a run is in progress somewhat earlier. */
    void isAsked(String text) {
        Eventually.isTrue("the model is asked: " + text, () -> timesAsked(text) > 0);
    }

    /** Waits until a picture is asked for with this in its prompt. */
    void isAskedForPicture(String text) {
        Eventually.isTrue(
                "a picture is asked for: " + text,
                () ->
                        Json.elements(stats(text).path("last_requests")).stream()
                                .anyMatch(
                                        request ->
                                                request.at("/parameters/prompt")
                                                        .asText()
                                                        .contains(text)));
    }

    /** The last requests that contain the text. */
    List<JsonNode> requests(String text) {
        return stats(text).path("last_requests").valueStream().toList();
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
