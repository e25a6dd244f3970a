package dev.threadwell.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as a client sees it: an HTTP status and the four keys of the envelope. */
public record ApiError(
        int status, String message, String type, @Nullable String param, @Nullable String code) {

    private static final String INVALID_REQUEST = "invalid_request_error";

    /** A request that cannot be met, without param and code. */
    public static ApiError badRequest(String message) {
        return badRequest(message, null, null);
    }

    /** A request that cannot be met. */
    public static ApiError badRequest(
            String message, @Nullable String param, @Nullable String code) {
        return new ApiError(400, message, INVALID_REQUEST, param, code);
    }

    /** There is no such object, or it is another project's: e.g. ("run", "run_abc"). */
    public static ApiError notFound(String kind, String id) {
        return new ApiError(
                404, "No %s found with id '%s'.".formatted(kind, id), INVALID_REQUEST, null, null);
    }

    /** There is no such path or method. */
    public static ApiError noSuchUrl(String method, String path) {
        return new ApiError(
                404, "Invalid URL (%s %s)".formatted(method, path), INVALID_REQUEST, null, null);
    }

    /** A run cannot begin because another one holds the thread. */
    public static ApiError threadHasActiveRun(String threadId, String runId) {
        return badRequest("Thread %s already has an active run %s.".formatted(threadId, runId));
    }

    /** A message cannot be added because a run holds the thread. */
    public static ApiError runHoldsThread(String threadId, String runId) {
        return badRequest(
                "Can't add messages to %s while a run %s is active.".formatted(threadId, runId));
    }

    /** The key is not known. */
    public static ApiError unauthorized(String message, @Nullable String code) {
        return new ApiError(401, message, INVALID_REQUEST, null, code);
    }

    /** Something broke on our side; the text is the original's. */
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

    /** The server cannot do it now, and the same request can be sent again a little later. */
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

    /** The envelope: {@code {"error": {message, type, param, code}}}. */
    public Map<String, Object> body() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        return Map.of("error", error);
    }

    /** This error on its way up to the mapper that answers with it. */
    public ApiException thrown() {
        return new ApiException(this);
    }
}
