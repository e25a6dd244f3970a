package dev.threadwell.api.http;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.PublicJson;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the bodies of some paths differ from all others: as measured on the original. */
final class WireForm {

    private static final String FILES = "/v1/files";
    private static final String UPLOADS = "/v1/uploads";
    private static final String MODELS = "/v1/models";

    private WireForm() {}

    /** An answer's bytes; files, uploads and the deletion of a model end with a newline. */
    static byte[] bytes(RoutingContext http, Object value) {
        byte[] json = PublicJson.pretty(value, Call.bindings(http));
        if (!endsWithNewline(http)) {
            return json;
        }
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** An error's envelope; that of files says the most important twice. */
    static Map<String, Object> error(RoutingContext http, ApiError error) {
        Map<String, Object> ofAzure = AzureSpelling.envelope(error);
        if (ofAzure != null) {
            return ofAzure;
        }
        if (!isOfFiles(http)) {
            return error.body();
        }
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("message", error.message());
        detail.put("code", error.code());
        Map<String, Object> body = new LinkedHashMap<>(error.body());
        body.put("detail", detail);
        return body;
    }

    /** Whether a page of any other site may read the answer. */
    static boolean isOfFiles(RoutingContext http) {
        return isUnder(FILES, Answers.path(http));
    }

    private static boolean endsWithNewline(RoutingContext http) {
        String path = Answers.path(http);
        return isUnder(FILES, path)
                || isUnder(UPLOADS, path)
                || (isUnder(MODELS, path) && http.request().method().equals(HttpMethod.DELETE));
    }

    private static boolean isUnder(String prefix, String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
