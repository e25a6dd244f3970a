package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.RunError;
import dev.threadwell.wire.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not answer.
 *
 * @param error as the run will show it
 * @param retryable whether another attempt may succeed
 * @param retryAfter the pause that the provider asks for
 */
public record ModelFailure(RunError error, boolean retryable, Optional<Duration> retryAfter) {

    private static final String OUT_OF_QUOTA = "insufficient_quota";
    private static final Set<String> RATE_LIMITS =
            Set.of("429", "rate_limit_exceeded", "rate_limit_error", OUT_OF_QUOTA);

    /** No connection, a connection that broke, or silence. */
    static ModelFailure unreachable() {
        return new ModelFailure(RunError.server(), true, Optional.empty());
    }

    /** What the provider sent is not a stream of chat completions. */
    static ModelFailure unreadable() {
        return new ModelFailure(RunError.server(), false, Optional.empty());
    }

    /** An error that comes instead of a chunk, when the status has long been sent. */
    static ModelFailure reported(JsonNode error) {
        boolean limit = codes(error).stream().anyMatch(RATE_LIMITS::contains);
        return limit
                ? limited(error, Optional.empty())
                : new ModelFailure(RunError.server(), true, Optional.empty());
    }

    /** An answer with an HTTP error status. */
    static ModelFailure of(int status, MultiMap headers, Buffer body, Instant now) {
        JsonNode error = errorIn(body);
        if (status == 429) {
            return limited(error, retryAfter(headers, now));
        }
        if (status >= 500 || status == 408) {
            return new ModelFailure(RunError.server(), true, retryAfter(headers, now));
        }
        String message = error.path("message").asText("");
        return new ModelFailure(
                status == 400 && !message.isEmpty()
                        ? new RunError("invalid_prompt", message)
                        : new RunError(
                                "server_error",
                                "The model's provider answered with status " + status + "."),
                false,
                Optional.empty());
    }

    private static ModelFailure limited(JsonNode error, Optional<Duration> retryAfter) {
        String message = error.path("message").asText("");
        return new ModelFailure(
                new RunError(
                        "rate_limit_exceeded", message.isEmpty() ? "Rate limit reached." : message),
                !codes(error).contains(OUT_OF_QUOTA),
                retryAfter);
    }

    /** Providers put the same word into the one or the other. */
    private static List<String> codes(JsonNode error) {
        return List.of(error.path("code").asText(""), error.path("type").asText(""));
    }

    private static JsonNode errorIn(Buffer body) {
        try {
            return Json.mapper().readTree(body.getBytes()).path("error");
        } catch (IOException e) {
            return Json.mapper().missingNode();
        }
    }

    private static Optional<Duration> retryAfter(MultiMap headers, Instant now) {
        Optional<Duration> millis = number(headers.get("retry-after-ms")).map(n -> millis(n));
        Optional<Duration> seconds = number(headers.get("retry-after")).map(n -> millis(n * 1000));
        return millis.or(() -> seconds).or(() -> until(headers.get("retry-after"), now));
    }

    private static Duration millis(double n) {
        return Duration.ofMillis((long) n);
    }

    private static Optional<Double> number(@Nullable String value) {
        try {
            return value == null ? Optional.empty() : Optional.of(Double.parseDouble(value.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(@Nullable String value, Instant now) {
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(
                            Duration.between(
                                    now,
                                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
