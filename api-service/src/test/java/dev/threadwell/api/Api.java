package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the API that sees what is on the wire. */
final class Api {

    static final String KEY = "sk-test-0123456789abcdef";
    static final String OTHER_KEY = "sk-other-0123456789abcdef";
    static final String ADMIN_KEY = "sk-admin-test-0123456789";

    /** Ends what hangs; nothing is that slow, be it 200 megabytes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern ID =
            Pattern.compile(
                    "\\b(asst|thread|msg|run|step|call|file|upload|part|vsfb|vs)[_-][A-Za-z0-9]{22,32}\\b");

    private final URI base;
    private final Map<String, String> headers;

    private Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    static Api at(URI base) {
        return new Api(
                base, Map.of("Authorization", "Bearer " + KEY, "OpenAI-Beta", "assistants=v2"));
    }

    /** A client of the administration. */
    static Api administration(URI base) {
        return new Api(base, Map.of("Authorization", "Bearer " + ADMIN_KEY));
    }

    /** A client with this key. */
    Api keyed(String key) {
        return with("Authorization", "Bearer " + key);
    }

    Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    /** A client of the API's first version. */
    Api older() {
        return with("OpenAI-Beta", "assistants=v1");
    }

    Api without(String header) {
        Map<String, String> less = new LinkedHashMap<>(headers);
        less.remove(header);
        return new Api(base, less);
    }

    /** An answer as it came. */
    record Answer(int status, java.net.http.HttpHeaders headers, String body) {

        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }

        String id() {
            assertThat(status).as(body).isEqualTo(200);
            return json().path("id").asText();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The body with ids numbered and times at zero, to be compared with a file. */
        String settled() {
            Map<String, String> known = new LinkedHashMap<>();
            Map<String, Integer> counts = new LinkedHashMap<>();
            Matcher ids = ID.matcher(body);
            String named =
                    ids.replaceAll(
                            id ->
                                    known.computeIfAbsent(
                                            id.group(),
                                            k ->
                                                    id.group(1)
                                                            + "_"
                                                            + counts.merge(
                                                                    id.group(1), 1, Integer::sum)));
            return named.replaceAll("(\"[a-z_]+_at\": )[0-9]+", "$10");
        }

        Answer isError(int expected, String message, String param, String code) {
            String text = message.replace("\"", "\\\"");
            assertThat(body)
                    .isEqualTo(
                            """
                            {
                              "error": {
                                "message": "%s",
                                "type": "invalid_request_error",
                                "param": %s,
                                "code": %s
                              }
                            }"""
                                    .formatted(text, quoted(param), quoted(code)));
            assertThat(status).isEqualTo(expected);
            return this;
        }

        /** The same of a file, whose errors say the most important twice. */
        Answer isFileError(int expected, String message, String param) {
            assertThat(body)
                    .isEqualTo(
                            """
                            {
                              "error": {
                                "message": "%s",
                                "type": "invalid_request_error",
                                "param": %s,
                                "code": null
                              },
                              "detail": {
                                "message": "%s",
                                "code": null
                              }
                            }
                            """
                                    .formatted(message, quoted(param), message));
            assertThat(status).isEqualTo(expected);
            return this;
        }

        private static String quoted(String text) {
            return text == null ? "null" : "\"" + text + "\"";
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Sends a form, as it is read. */
    Answer form(String path, Multipart form) {
        return body(path, Multipart.TYPE, form.whole());
    }

    /** Sends any body, as it is read. */
    Answer body(String path, String type, InputStream body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body));
        headers.forEach(request::header);
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(r -> new Answer(r.statusCode(), r.headers(), r.body()))
                .join();
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer send(String method, String path, String body) {
        return sendAsync(method, path, body).join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body) {
        return HTTP.sendAsync(request(method, path, body), HttpResponse.BodyHandlers.ofString())
                .thenApply(r -> new Answer(r.statusCode(), r.headers(), r.body()));
    }

    /** Opens a stream; the answer's head has come when this returns. */
    EventReader stream(String method, String path, String body) {
        try {
            var answer =
                    HTTP.send(
                            request(method, path, body), HttpResponse.BodyHandlers.ofInputStream());
            return new EventReader(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    /** A file of the expected wire form. */
    static String wire(String name) {
        try (var in = Api.class.getResourceAsStream("/wire/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An assistant without anything special. */
    String assistant() {
        return post("/v1/assistants", "{\"model\":\"gpt-4o\"}").id();
    }

    /** A thread with one message of the user. */
    String thread() {
        return post("/v1/threads", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .id();
    }

    Answer run(String thread, String assistant) {
        return post("/v1/threads/" + thread + "/runs", "{\"assistant_id\":\"" + assistant + "\"}");
    }
}
