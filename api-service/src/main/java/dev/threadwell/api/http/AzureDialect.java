package dev.threadwell.api.http;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates requests in Azure's dialect: {@code /openai/…?api-version=…} with the header {@code
 * api-key} and no beta header, or the newer {@code /openai/v1/…}. A translated request is routed
 * again from the start.
 */
public final class AzureDialect {

    private static final String MARK = "threadwell.azure";
    private static final String PREFIX = "/openai";
    private static final String NEWER = "/v1/";
    private static final String KEY = "api-key";
    private static final String BETA = "OpenAI-Beta";
    private static final Pattern VERSION =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?|preview|latest|v1");

    /** Azure's Java client requests the content of a file without an {@code api-version}. */
    private static final Pattern CONTENT = Pattern.compile("/files/[^/]+/content");

    /**
     * Azure's v2 began with {@code 2024-05-01-preview}. The versions without a date, such as {@code
     * preview}, sort after every date and are v2 too.
     */
    private static final String FIRST_OF_V2 = "2024-05-01";

    private static final ApiError NO_SUCH_RESOURCE =
            new ApiError(404, "Resource not found", "", null, "404");

    private static final ApiError DENIED =
            new ApiError(
                    401,
                    "Access denied due to invalid subscription key or wrong API endpoint. Make sure"
                            + " to provide a valid key for an active subscription and use a correct"
                            + " regional API endpoint for your resource.",
                    "",
                    null,
                    "401");

    private AzureDialect() {}

    /** Whether a path is in Azure's dialect. */
    public static boolean isOf(String path) {
        return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    }

    /** Whether the request arrived in Azure's dialect. */
    static boolean isOf(RoutingContext http) {
        return http.get(MARK) != null;
    }

    /** Translates the request and reroutes it, so that it passes the HTTP entry again. */
    public static void respell(RoutingContext http) {
        http.put(MARK, true);
        HttpServerRequest request = http.request();
        String path = http.normalizedPath().substring(PREFIX.length());
        String version = request.getParam("api-version");
        if (path.isEmpty() || !isVersion(version, path)) {
            ResponseHeaders.write(http, NO_SUCH_RESOURCE);
            return;
        }
        String key = request.getHeader(KEY);
        if (key != null) {
            request.headers().set(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
        request.headers().set(BETA, "assistants=" + (isOfV1(version) ? "v1" : "v2"));
        String query = request.query() == null ? "" : "?" + request.query();
        http.reroute(request.method(), (path.startsWith(NEWER) ? "" : "/v1") + path + query);
    }

    /** Whether the request has a valid API version; the newer dialect has it in the path. */
    private static boolean isVersion(@Nullable String version, String path) {
        return version == null || version.isEmpty()
                ? path.startsWith(NEWER) || CONTENT.matcher(path).matches()
                : VERSION.matcher(version).matches();
    }

    private static boolean isOfV1(@Nullable String version) {
        return version != null && version.compareTo(FIRST_OF_V2) < 0;
    }

    /** The error for a request without a valid key, in the dialect of the request. */
    public static Throwable denied(RoutingContext http, Throwable why) {
        return isOf(http) && why instanceof ApiException ? DENIED.thrown() : why;
    }

    /** Azure's 404 for an unknown path. */
    static ApiError noSuchResource() {
        return NO_SUCH_RESOURCE;
    }

    /**
     * The body of an error of Azure's gateway; null for all others, which come from the API behind
     * the gateway and have the API's form.
     */
    static @Nullable Map<String, Object> envelope(ApiError error) {
        if (!error.equals(NO_SUCH_RESOURCE) && !error.equals(DENIED)) {
            return null;
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("code", error.code());
        body.put("message", error.message());
        return Map.of("error", body);
    }
}
