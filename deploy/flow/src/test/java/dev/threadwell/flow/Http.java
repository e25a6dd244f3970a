package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests to one API node with one key, and perhaps with headers of our own. */
public record Http(String base, String key, Map<String, String> own) {

    public Http(String base, String key) {
        this(base, key, Map.of());
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(30))
                    .build();

    /** A whole answer. */
    public record Answer(int status, HttpHeaders headers, JsonNode json) {

        /** The body of an answer that has to be a success. */
        public JsonNode ok() {
            assertThat(status).as("status of %s", json).isEqualTo(200);
            return json;
        }

        public String error() {
            return json.at("/error/message").asText();
        }
    }

    /** The body of the answer, which is no JSON. */
    String text(String path) {
        return send(request(path, Map.of()).GET().build(), BodyHandlers.ofString()).body();
    }

    public Answer get(String path) {
        return get(path, Map.of());
    }

    public Answer get(String path, Map<String, String> headers) {
        return whole(request(path, headers).GET().build());
    }

    public Answer post(String path, Object body) {
        return whole(posting(path, body));
    }

    public Answer delete(String path) {
        return whole(request(path, Map.of()).DELETE().build());
    }

    /** Uploads a file for assistants. */
    public Answer upload(String filename, String text) {
        return upload(filename, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Uploads a file for assistants. */
    public Answer upload(String filename, byte[] file) {
        String boundary = "flow-boundary";
        String head =
                """
                --%1$s\r
                Content-Disposition: form-data; name="purpose"\r
                \r
                assistants\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="%2$s"\r
                Content-Type: application/octet-stream\r
                \r
                """
                        .formatted(boundary, filename);
        String end = "\r\n--%s--\r\n".formatted(boundary);
        return whole(
                request(
                                "/v1/files",
                                Map.of("Content-Type", "multipart/form-data; boundary=" + boundary))
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArrays(
                                        List.of(
                                                head.getBytes(StandardCharsets.UTF_8),
                                                file,
                                                end.getBytes(StandardCharsets.UTF_8))))
                        .build());
    }

    /** The events that answer a POST. */
    public InputStream stream(String path, Object body) {
        return streamed(posting(path, body));
    }

    /** The events that answer a POST, with their ids. */
    public InputStream streamWithIds(String path, Object body) {
        return streamed(
                request(
                                path,
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        "Threadwell-Event-Ids",
                                        "true"))
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build());
    }

    /** The events that answer a GET. */
    public InputStream stream(String path, Map<String, String> headers) {
        return streamed(request(path, headers).GET().build());
    }

    private HttpRequest posting(String path, Object body) {
        return request(path, Map.of("Content-Type", "application/json"))
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofMinutes(1))
                        .header("Authorization", "Bearer " + key)
                        .header("OpenAI-Beta", "assistants=v2");
        own.forEach(request::setHeader);
        headers.forEach(request::setHeader);
        return request;
    }

    private static Answer whole(HttpRequest request) {
        var response = send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), Json.read(response.body()));
    }

    private static InputStream streamed(HttpRequest request) {
        var response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "%s: %d %s".formatted(request.uri(), response.statusCode(), text(response)));
        }
        return response.body();
    }

    private static String text(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
