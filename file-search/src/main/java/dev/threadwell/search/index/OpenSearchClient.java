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

/**
 * An HTTP client of OpenSearch. Errors carry only their type, because OpenSearch's messages quote
 * the users' texts.
 */
final class OpenSearchClient implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(60);

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

    /** OpenSearch answered with an error. */
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

        /** Whether a retry may succeed, because OpenSearch is overloaded. */
        private boolean isBusy() {
            return status == 429 || status == 503;
        }
    }

    /** A search, with a short timeout because a user waits for it. */
    JsonNode ask(String path, Object body) throws IOException {
        return patiently(request(path, "POST", JSON, Json.bytes(body), SOON));
    }

    /** Several searches, of two lines each; if one fails, all fail. */
    JsonNode askTogether(String path, byte[] lines) throws IOException {
        return patiently(request(path, "POST", LINES, lines, SOON));
    }

    JsonNode get(String path) throws IOException {
        return patiently(request(path, "GET", JSON, new byte[0], SOON));
    }

    JsonNode put(String path, Object body) throws IOException {
        return patiently(request(path, "PUT", JSON, Json.bytes(body), LATER));
    }

    JsonNode post(String path, Object body) throws IOException {
        return patiently(request(path, "POST", JSON, Json.bytes(body), LATER));
    }

    /** Indexes many documents, of two lines each; if one fails, all fail. */
    JsonNode postTogether(String path, byte[] lines) throws IOException {
        return patiently(request(path, "POST", LINES, lines, LATER));
    }

    private HttpRequest request(
            String path, String method, String type, byte[] body, Duration patience) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(patience)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    /** Retries with back-off while OpenSearch is overloaded; every request is idempotent. */
    private JsonNode patiently(HttpRequest request) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return answer(request);
            } catch (Refused e) {
                if (!e.isBusy() || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private JsonNode answer(HttpRequest request) throws IOException {
        String path = request.uri().getPath();
        HttpResponse<byte[]> response = sent(request);
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

    /** In a request with several parts, each part can fail separately. */
    private static void check(String path, JsonNode parts) throws Refused {
        for (JsonNode part : parts) {
            JsonNode outcome = part.has("index") ? part.path("index") : part;
            if (outcome.has("error")) {
                throw refused(path, outcome.path("status").asInt(), outcome.path("error"));
            }
        }
    }

    /** The body may not be JSON, for example if a proxy answers. */
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
        http.shutdownNow();
    }
}
