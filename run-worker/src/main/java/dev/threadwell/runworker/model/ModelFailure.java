package dev.threadwell.runworker.model;

import dev.threadwell.run.RunError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not answer.
 *
 * @param error the error that the run shows
 * @param retryable whether a retry may succeed
 * @param retryAfter the pause that the provider requests
 */
public record ModelFailure(RunError error, boolean retryable, Optional<Duration> retryAfter) {

    private static final String OUT_OF_QUOTA = "insufficient_quota";
    private static final String NO_QUOTA =
            "You exceeded your current quota, please check your plan and billing details. For more"
                    + " information on this error, read the docs:"
                    + " https://platform.openai.com/docs/guides/error-codes/api-errors.";

    private static final int OK = 200;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    /** Request timeout, conflict, too early: transient errors, a retry may succeed. */
    private static final Set<Integer> PASSING = Set.of(408, 409, 425);

    /**
     * Errors of the request: it is too long, an image is not accessible, or the prompt is not
     * allowed.
     */
    private static final Set<Integer> BAD_REQUEST = Set.of(400, 413, 422);

    /**
     * Security: the messages of these errors are not shown to clients, because they may contain
     * account names and keys.
     */
    private static final Set<Integer> ACCESS = Set.of(401, 403, 407);

    private static final Set<String> NO_MONEY =
            Set.of(
                    "402",
                    OUT_OF_QUOTA,
                    "insufficient_balance",
                    "billing_hard_limit_reached",
                    "billing_not_active",
                    "payment_required");

    private static final Set<String> RATE_LIMITS =
            Set.of(
                    "429",
                    "rate_limit",
                    "rate_limited",
                    "rate_limit_exceeded",
                    "rate_limit_error",
                    "ratelimiterror",
                    "ratelimitexceeded",
                    "resource_exhausted",
                    "too_many_requests",
                    "toomanyrequests",
                    "throttling",
                    "throttlingexception");

    private static final Set<String> BAD_REQUESTS =
            Set.of(
                    "invalid_request_error",
                    "invalid_argument",
                    "bad_request",
                    "badrequest",
                    "badrequesterror",
                    "bad_request_error",
                    "validation_error",
                    "context_length_exceeded",
                    "contextwindowexceedederror",
                    "request_too_large",
                    "invalid_prompt",
                    "content_filter",
                    "content_policy_violation",
                    "contentpolicyviolationerror",
                    "data_inspection_failed");

    private static final Set<String> ACCESS_DENIED =
            Set.of(
                    "invalid_api_key",
                    "authentication_error",
                    "authenticationerror",
                    "permission_error",
                    "permission_denied",
                    "unauthenticated",
                    "unauthorized");

    private static final Set<String> TROUBLES =
            Set.of(
                    "server_error",
                    "internal_server_error",
                    "internalservererror",
                    "internal_error",
                    "internal",
                    "api_error",
                    "overloaded",
                    "overloaded_error",
                    "unavailable",
                    "service_unavailable",
                    "timeout",
                    "timeout_error",
                    "deadline_exceeded");

    private static final Pattern SAYS_RATE_LIMIT =
            Pattern.compile("(?i)rate.?limit|too many requests|quota exceeded");
    private static final Pattern SAYS_TOO_LONG =
            Pattern.compile(
                    "(?i)context (?:length|window|size)|maximum context|prompt is too long");

    /** No connection, a broken connection, or an idle timeout. */
    static ModelFailure unreachable() {
        return new ModelFailure(RunError.server(), true, Optional.empty());
    }

    /** An answer without content. */
    static ModelFailure empty() {
        return unreachable();
    }

    /** A response that is not a stream of chat completions. */
    static ModelFailure unreadable() {
        return new ModelFailure(RunError.server(), false, Optional.empty());
    }

    /** A response that exceeds a size limit. */
    static ModelFailure tooLong() {
        return new ModelFailure(
                new RunError("server_error", "The model's answer is too long."),
                false,
                Optional.empty());
    }

    /**
     * An error in a response with a success status, instead of the answer or in the middle of it.
     */
    static ModelFailure reported(ProviderError error, MultiMap headers, Instant now) {
        Integer status = error.status();
        return of(status == null ? OK : status, error, retryAfter(headers, now));
    }

    /** An answer with an HTTP error status. */
    static ModelFailure of(int status, MultiMap headers, Buffer body, Instant now) {
        return of(status, ProviderError.in(body.getBytes()), retryAfter(headers, now));
    }

    private static ModelFailure of(int status, ProviderError error, Optional<Duration> retryAfter) {
        String message = ErrorText.of(error.message(), "");
        if (status == PAYMENT_REQUIRED || has(error, NO_MONEY)) {
            return limited(
                    status == PAYMENT_REQUIRED || message.isEmpty() ? NO_QUOTA : message,
                    false,
                    Optional.empty());
        }
        if (status == TOO_MANY_REQUESTS || has(error, RATE_LIMITS)) {
            return limited(message.isEmpty() ? "Rate limit reached." : message, true, retryAfter);
        }
        if (status >= FIRST_SERVER_ERROR || PASSING.contains(status)) {
            return new ModelFailure(RunError.server(), true, retryAfter);
        }
        if (ACCESS.contains(status)) {
            return operators(status, "");
        }
        if (status == OK) {
            return unclassified(error, message, retryAfter);
        }
        return BAD_REQUEST.contains(status) && !message.isEmpty()
                ? refused(message)
                : operators(status, message);
    }

    private static ModelFailure unclassified(
            ProviderError error, String message, Optional<Duration> retryAfter) {
        if (has(error, ACCESS_DENIED)) {
            return new ModelFailure(RunError.server(), false, Optional.empty());
        }
        if (has(error, BAD_REQUESTS) && !message.isEmpty()) {
            return refused(message);
        }
        if (message.isEmpty() || has(error, TROUBLES)) {
            return new ModelFailure(RunError.server(), true, retryAfter);
        }
        if (SAYS_RATE_LIMIT.matcher(message).find()) {
            return limited(message, true, retryAfter);
        }
        return SAYS_TOO_LONG.matcher(message).find()
                ? refused(message)
                : new ModelFailure(new RunError("server_error", message), true, retryAfter);
    }

    private static boolean has(ProviderError error, Set<String> words) {
        return error.codes().stream().anyMatch(words::contains);
    }

    /** An error that only the operator of the installation can fix. */
    private static ModelFailure operators(int status, String message) {
        String said = "The model's provider answered with status " + status;
        return new ModelFailure(
                new RunError(
                        "server_error", message.isEmpty() ? said + "." : said + ": " + message),
                false,
                Optional.empty());
    }

    /**
     * A refused request: {@code invalid_prompt} is the public error code for it, independent of the
     * provider's own code.
     */
    private static ModelFailure refused(String message) {
        return new ModelFailure(new RunError("invalid_prompt", message), false, Optional.empty());
    }

    private static ModelFailure limited(
            String message, boolean retryable, Optional<Duration> retryAfter) {
        return new ModelFailure(
                new RunError("rate_limit_exceeded", message), retryable, retryAfter);
    }

    /** This failure without our own key for the provider in its message. */
    ModelFailure without(String ownKey) {
        RunError clean = new RunError(error.code(), ErrorText.of(error.message(), ownKey));
        return new ModelFailure(clean, retryable, retryAfter);
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
                                    ZonedDateTime.parse(
                                                    value.trim(),
                                                    DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
