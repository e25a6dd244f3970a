package dev.threadwell.toolworker.websearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * HTTP client for the search engine, an address of the operator. It follows no redirects, so that
 * the key goes nowhere else.
 */
final class EngineClient {

    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MORE_ATTEMPTS = 1;
    private static final int TOO_MANY = 429;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final Optional<String> key;
    private final Duration timeout;

    EngineClient(Optional<String> key, Duration timeout) {
        this.key = key.filter(k -> !k.isBlank());
        this.timeout = timeout;
    }

    /** The JSON with which the engine answers; fails with a {@link SearchEngineException}. */
    Uni<JsonNode> json(HttpRequest.Builder request) {
        request.header("Accept", "application/json");
        key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
        HttpRequest ready = request.build();
        return Uni.createFrom()
                .completionStage(
                        () ->
                                http.sendAsync(
                                        ready,
                                        BodyHandlers.limiting(
                                                BodyHandlers.ofByteArray(), MAX_BYTES)))
                .map(EngineClient::read)
                .onFailure(IOException.class)
                .transform(
                        _ ->
                                new SearchEngineException(
                                        "The search engine cannot be reached.", true))
                .onFailure(EngineClient::isTemporary)
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .atMost(MORE_ATTEMPTS)
                .onFailure(e -> !(e instanceof SearchEngineException))
                .transform(
                        e ->
                                e.getCause() instanceof SearchEngineException known
                                        ? known
                                        : new SearchEngineException(
                                                "The search engine failed.", false))
                .ifNoItem()
                .after(timeout)
                .failWith(
                        () ->
                                new SearchEngineException(
                                        "The search engine did not answer in time.", true));
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof SearchEngineException known && known.temporary();
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status != 200) {
            throw new SearchEngineException(
                    "The search engine answered with the status %d.".formatted(status),
                    status == TOO_MANY || status >= 500);
        }
        try {
            return Json.read(answer.body(), JsonNode.class);
        } catch (UncheckedIOException e) {
            throw new SearchEngineException("The search engine's answer is no JSON.", false);
        }
    }
}
