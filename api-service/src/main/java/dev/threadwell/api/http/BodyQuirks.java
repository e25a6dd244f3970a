package dev.threadwell.api.http;

import dev.threadwell.api.routes.AnswerQuirk;
import dev.threadwell.api.routes.Route;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.PublicJson;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the JSON of answers and errors, with the differences that their routes declare. */
public final class BodyQuirks {

    private BodyQuirks() {}

    /** The bytes of an answer, with a final newline on the routes that have one. */
    public static byte[] bytes(RoutingContext http, Object value) {
        byte[] json = PublicJson.pretty(value, ApiRequest.bindings(http));
        if (!endsWithNewline(http)) {
            return json;
        }
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /**
     * The envelope of an error, with a second copy of message and code on the routes that have one.
     */
    public static Map<String, Object> error(RoutingContext http, ApiError error) {
        Map<String, Object> ofAzure = AzureDialect.envelope(error);
        if (ofAzure != null) {
            return ofAzure;
        }
        if (!Route.of(http).has(AnswerQuirk.ERRORS_HAVE_DETAIL)) {
            return error.body();
        }
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("message", error.message());
        detail.put("code", error.code());
        Map<String, Object> body = new LinkedHashMap<>(error.body());
        body.put("detail", detail);
        return body;
    }

    private static boolean endsWithNewline(RoutingContext http) {
        Route route = Route.of(http);
        return route.has(AnswerQuirk.ENDS_WITH_NEWLINE)
                || (route.has(AnswerQuirk.DELETIONS_END_WITH_NEWLINE)
                        && http.request().method().equals(HttpMethod.DELETE));
    }
}
