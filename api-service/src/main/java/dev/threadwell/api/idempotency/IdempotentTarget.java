package dev.threadwell.api.idempotency;

import dev.threadwell.api.http.PreassignedIds;
import dev.threadwell.api.routes.PostEffect;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.ObjectKind;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object that a POST creates or changes, by the path where it can be read.
 *
 * @param path the path of the object
 * @param kinds the kinds of the new objects that the path names; their ids are chosen before the
 *     objects exist; empty if the POST changes an object
 */
record IdempotentTarget(String path, List<ObjectKind> kinds) {

    /** The target of a POST to this path; null if its route declares none. */
    static @Nullable IdempotentTarget of(Route route, String requested) {
        String path = requested.endsWith("/") ? requested.replaceAll("/+$", "") : requested;
        return switch (route.effect()) {
            case PostEffect.Creates creates -> made(creates, path);
            case PostEffect.Changes changes ->
                    new IdempotentTarget(changes.object(path), List.of());
            case PostEffect.Harmless _ -> null;
            case null -> null;
        };
    }

    private static IdempotentTarget made(PostEffect.Creates creates, String path) {
        ObjectKind in = creates.in();
        String made = "/" + creates.kind().newId();
        if (in == null) {
            return new IdempotentTarget(path + made, List.of(creates.kind()));
        }
        int last = path.lastIndexOf('/');
        return new IdempotentTarget(
                path.substring(0, last) + "/" + in.newId() + path.substring(last) + made,
                List.of(in, creates.kind()));
    }

    /** This target with the path, and so the ids, that an earlier attempt has stored. */
    IdempotentTarget at(@Nullable String earlier) {
        return new IdempotentTarget(earlier == null ? path : earlier, kinds);
    }

    /** Whether the POST creates the object; false if it changes one. */
    boolean made() {
        return !kinds.isEmpty();
    }

    /** Makes the request create its objects under the ids of the path. */
    void preassign(RoutingContext http) {
        kinds.forEach(kind -> PreassignedIds.keepOutcome(http, kind, idOf(kind)));
    }

    private String idOf(ObjectKind kind) {
        return List.of(path.split("/", -1)).reversed().stream()
                .filter(kind::named)
                .findFirst()
                .orElseGet(kind::newId);
    }

    /** The id of the object. */
    String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the events of the run; only for a target that is a run. */
    String events() {
        return path + "/events";
    }
}
