package dev.threadwell.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error of the API: the HTTP status and the four fields of the error object. */
public record ApiError(
        int status, String message, String type, @Nullable String param, @Nullable String code) {

    private static final String INVALID_REQUEST = "invalid_request_error";

    /** A 400 for an invalid request, without param and code. */
    public static ApiError badRequest(String message) {
        return badRequest(message, null, null);
    }

    /** A 400 for an invalid request. */
    public static ApiError badRequest(
            String message, @Nullable String param, @Nullable String code) {
        return new ApiError(400, message, INVALID_REQUEST, param, code);
    }

    /** The 404 for an object that does not exist in the project, e.g. ("run", "run_abc"). */
    public static ApiError notFound(String kind, String id) {
        return new ApiError(
                404, "No %s found with id '%s'.".formatted(kind, id), INVALID_REQUEST, null, null);
    }

    /** The 404 for an unknown path or method. */
    public static ApiError noSuchUrl(String method, String path) {
        return new ApiError(
                404, "Invalid URL (%s %s)".formatted(method, path), INVALID_REQUEST, null, null);
    }

    /** The 400 for a run that cannot start because the thread has an active run. */
    public static ApiError threadHasActiveRun(String threadId, String runId) {
        return badRequest("Thread %s already has an active run %s.".formatted(threadId, runId));
    }

    /** The 400 for a message that cannot be added because the thread has an active run. */
    public static ApiError runHoldsThread(String threadId, String runId) {
        return badRequest(
                "Can't add messages to %s while a run %s is active.".formatted(threadId, runId));
    }

    /** The 400 for a message that cannot be added because the thread has all it can have. */
    public static ApiError threadIsFull(String threadId, int limit) {
        return badRequest(
                "Can't add messages to %s because it already has %d messages."
                        .formatted(threadId, limit));
    }

    /** The 401 for a missing or unknown API key. */
    public static ApiError unauthorized(String message, @Nullable String code) {
        return new ApiError(401, message, INVALID_REQUEST, null, code);
    }

    /** The 500 for an internal failure, with the original's text. */
    public static ApiError server(String requestId) {
        return new ApiError(
                500,
                "The server had an error processing your request. Sorry about that! You can retry"
                        + " your request, or contact us through our help center at help.openai.com"
                        + " if you keep seeing this error. (Please include the request ID "
                        + requestId
                        + " in your email.)",
                "server_error",
                null,
                null);
    }

    /** More was asked for than the installation accepts; it may be asked for again later. */
    public static ApiError rateLimit() {
        return new ApiError(
                429,
                "You've exceeded the rate limit, please slow down and try again later.",
                INVALID_REQUEST,
                null,
                "rate_limit_exceeded");
    }

    /** The 503 for an overloaded server; the client can retry later. */
    public static ApiError overloaded() {
        return new ApiError(
                503,
                "The server is currently overloaded with other requests. Sorry about that! You can"
                        + " retry your request, or contact us through our help center at"
                        + " help.openai.com if the error persists.",
                "server_error",
                null,
                null);
    }

    /** The response body: {@code {"error": {message, type, param, code}}}. */
    public Map<String, Object> body() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        return Map.of("error", error);
    }

    /** This error as an exception, which an exception mapper converts to the response. */
    public ApiException thrown() {
        return new ApiException(this);
    }
}
