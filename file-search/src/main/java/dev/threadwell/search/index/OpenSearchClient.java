package dev.threadwell.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Asks an OpenSearch by HTTP. What it refuses is told by its kind, for its words quote texts. */
final class OpenSearchClient implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
    private final String address;
    private final Optional<String> authorization;

    OpenSearchClient(URI address, Optional<String> authorization) {
        this.address = address.toString().replaceAll("/+$", "");
        this.authorization = authorization;
    }

    static String basic(String user, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** It answered, but did not do it. */
    static final class Refused extends IOException {

        private final int status;
        private final String kind;

        private Refused(String path, int status, String kind) {
            super("OpenSearch refused path=%s status=%d kind=%s".formatted(path, status, kind));
            this.status = status;
            this.kind = kind;
        }

        boolean is(String expected) {
            return kind.equals(expected);
        }

        /** Whether it may do it when it has less to do. */
        private boolean isBusy() {
            return status == 429 || status == 503;
        }
    }

    JsonNode put(String path, Object body) throws IOException {
        return patiently(path, "PUT", Json.bytes(body), JSON);
    }

    JsonNode post(String path, Object body) throws IOException {
        return patiently(path, "POST", Json.bytes(body), JSON);
    }

    /** Each line is a document of its own; what is refused of them is refused as a whole. */
    JsonNode postLines(String path, byte[] lines) throws IOException {
        return patiently(path, "POST", lines, LINES);
    }

    /** Everything that is sent can be sent twice. */
    private JsonNode patiently(String path, String method, byte[] body, String type)
            throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return answer(path, method, body, type);
            } catch (Refused e) {
                if (!e.isBusy() || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private JsonNode answer(String path, String method, byte[] body, String type)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> response = sent(request.build());
        if (response.statusCode() >= 300) {
            throw refused(path, response.statusCode(), response.body());
        }
        JsonNode answer = Json.mapper().readTree(response.body());
        check(path, answer.path("responses"));
        check(path, answer.path("items"));
        return answer;
    }

    private HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while OpenSearch was asked");
        }
    }

    /** The parts of a request that has several fail one by one. */
    private static void check(String path, JsonNode parts) throws Refused {
        for (JsonNode part : parts) {
            JsonNode outcome = part.has("index") ? part.path("index") : part;
            if (outcome.has("error")) {
                throw refused(path, outcome.path("status").asInt(), outcome.path("error"));
            }
        }
    }

    /** A proxy before it answers something else than JSON. */
    private static Refused refused(String path, int status, byte[] body) {
        try {
            return refused(path, status, Json.mapper().readTree(body).path("error"));
        } catch (IOException notJson) {
            return new Refused(path, status, "unknown");
        }
    }

    private static Refused refused(String path, int status, JsonNode error) {
        String kind = error.path("root_cause").path(0).path("type").asText("");
        return new Refused(
                path, status, kind.isEmpty() ? error.path("type").asText("unknown") : kind);
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before OpenSearch was asked again");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
