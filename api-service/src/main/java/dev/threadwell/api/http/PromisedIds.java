package dev.threadwell.api.http;

import dev.threadwell.api.validation.ObjectKind;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a request gives its new objects, chosen before there are any: so that a second try
 * makes them under the same ids, or so that something else can name them first.
 */
public final class PromisedIds {

    private static final String NEXT = "threadwell.promised.";
    private static final String OUTCOME = "threadwell.outcome.";

    private PromisedIds() {}

    /** The id of the one object of this kind that a repetition of the request will look for. */
    public static void keepOutcome(RoutingContext http, ObjectKind kind, String id) {
        http.put(OUTCOME + kind, id);
    }

    /** The ids of the next objects of this kind. */
    static void keep(RoutingContext http, ObjectKind kind, List<String> ids) {
        http.put(NEXT + kind, new ArrayDeque<>(ids));
    }

    /** The id for a new object: one that was promised, if there is any left. */
    static String next(RoutingContext http, ObjectKind kind) {
        Queue<String> promised = http.get(NEXT + kind);
        String next = promised == null ? null : promised.poll();
        @Nullable String outcome = next == null ? http.get(OUTCOME + kind) : next;
        return outcome == null ? kind.newId() : outcome;
    }
}
