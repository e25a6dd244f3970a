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
    private static final String NO_QUOTA =
            "You exceeded your current quota, please check your plan and billing details. For more"
                    + " information on this error, read the docs:"
                    + " https://platform.openai.com/docs/guides/error-codes/api-errors.";
    private static final int PAYMENT_REQUIRED = 402;

    /**
     * The request is at fault: too long, a picture that cannot be had, a prompt that may not be.
     */
    private static final Set<Integer> BAD_REQUEST = Set.of(400, 413, 422);

    private static final Set<String> BAD_REQUESTS =
            Set.of(
                    "400",
                    "invalid_request_error",
                    "context_length_exceeded",
                    "invalid_prompt",
                    "content_filter",
                    "content_policy_violation");
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
        List<String> codes = codes(error);
        if (codes.stream().anyMatch(RATE_LIMITS::contains)) {
            return limited(error, Optional.empty());
        }
        return codes.stream().anyMatch(BAD_REQUESTS::contains) && !message(error).isEmpty()
                ? refused(message(error))
                : new ModelFailure(RunError.server(), true, Optional.empty());
    }

    /** An answer with an HTTP error status. */
    static ModelFailure of(int status, MultiMap headers, Buffer body, Instant now) {
        JsonNode error = errorIn(body);
        if (status == 429) {
            return limited(error, retryAfter(headers, now));
        }
        if (status == PAYMENT_REQUIRED) {
            return new ModelFailure(
                    new RunError("rate_limit_exceeded", NO_QUOTA), false, Optional.empty());
        }
        if (status >= 500 || status == 408) {
            return new ModelFailure(RunError.server(), true, retryAfter(headers, now));
        }
        return BAD_REQUEST.contains(status) && !message(error).isEmpty()
                ? refused(message(error))
                : new ModelFailure(
                        new RunError(
                                "server_error",
                                "The model's provider answered with status " + status + "."),
                        false,
                        Optional.empty());
    }

    /** The published codes of a failed run have one for this, whatever the provider's own says. */
    private static ModelFailure refused(String message) {
        return new ModelFailure(new RunError("invalid_prompt", message), false, Optional.empty());
    }

    private static ModelFailure limited(JsonNode error, Optional<Duration> retryAfter) {
        boolean noQuota = codes(error).contains(OUT_OF_QUOTA);
        String otherwise = noQuota ? NO_QUOTA : "Rate limit reached.";
        String message = message(error).isEmpty() ? otherwise : message(error);
        return new ModelFailure(new RunError("rate_limit_exceeded", message), !noQuota, retryAfter);
    }

    private static String message(JsonNode error) {
        return error.path("message").asText("");
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
