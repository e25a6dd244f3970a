package dev.threadwell.simulator.stream;

import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.request.RequestError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's error messages by HTTP status. */
public final class FaultErrors {
    private static final String QUOTA = "insufficient_quota";

    private FaultErrors() {}

    /** The error of a fault. */
    public static RequestError of(Fault.Status fault, String model) {
        String code = fault.code();
        return switch (fault.status()) {
            case 401 ->
                    error(
                            fault,
                            "Incorrect API key provided.",
                            "invalid_request_error",
                            code == null ? "invalid_api_key" : code);
            case 429 ->
                    QUOTA.equals(code)
                            ? error(
                                    fault,
                                    "You exceeded your current quota, please check your plan and"
                                            + " billing details. For more information on this error,"
                                            + " read the docs:"
                                            + " https://platform.openai.com/docs/guides/error-codes/api-errors.",
                                    QUOTA,
                                    QUOTA)
                            : error(
                                    fault,
                                    "Rate limit reached for "
                                            + model
                                            + " on tokens per min (TPM). Please try again later.",
                                    "tokens",
                                    code == null ? "rate_limit_exceeded" : code);
            case 503 ->
                    error(
                            fault,
                            "The engine is currently overloaded, please try again later",
                            "server_error",
                            code);
            default ->
                    fault.status() < 500
                            ? error(
                                    fault,
                                    "The request was refused on request.",
                                    "invalid_request_error",
                                    code)
                            : error(
                                    fault,
                                    "The server had an error while processing your request. Sorry"
                                            + " about that!",
                                    "server_error",
                                    code);
        };
    }

    /**
     * Renders {@code retry-after} in whole seconds and, for a fraction, {@code retry-after-ms} too.
     */
    public static Map<String, String> retryHeaders(@Nullable Double seconds) {
        var headers = new LinkedHashMap<String, String>();
        if (seconds != null) {
            headers.put("retry-after", Long.toString((long) Math.ceil(seconds)));
            if (seconds != Math.rint(seconds)) {
                headers.put("retry-after-ms", Long.toString(Math.round(seconds * 1000)));
            }
        }
        return headers;
    }

    private static RequestError error(
            Fault.Status fault, String message, String type, @Nullable String code) {
        return new RequestError(fault.status(), message, type, null, code);
    }
}
