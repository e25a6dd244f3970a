package dev.threadwell.api.http;

import dev.threadwell.api.validation.ObjectKind;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The ids for the new objects of a request, chosen before the objects exist: so that a later
 * attempt creates them under the same ids, or so that another object can refer to them first.
 */
public final class PreassignedIds {

    private static final String NEXT = "threadwell.preassigned.";
    private static final String OUTCOME = "threadwell.outcome.";

    private PreassignedIds() {}

    /** Sets the id of the one object of this kind that a repetition of the request looks for. */
    public static void keepOutcome(RoutingContext http, ObjectKind kind, String id) {
        http.put(OUTCOME + kind, id);
    }

    /** Sets the ids of the next objects of this kind. */
    static void keep(RoutingContext http, ObjectKind kind, List<String> ids) {
        http.put(NEXT + kind, new ArrayDeque<>(ids));
    }

    /** The id for a new object: a preassigned one if there is one left, or else a new one. */
    static String next(RoutingContext http, ObjectKind kind) {
        Queue<String> preassigned = http.get(NEXT + kind);
        String next = preassigned == null ? null : preassigned.poll();
        @Nullable String outcome = next == null ? http.get(OUTCOME + kind) : next;
        return outcome == null ? kind.newId() : outcome;
    }
}
