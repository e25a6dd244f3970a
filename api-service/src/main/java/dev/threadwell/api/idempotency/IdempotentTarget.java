package dev.threadwell.api.idempotency;

import dev.threadwell.api.http.PromisedIds;
import dev.threadwell.api.routes.PostEffect;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.ObjectKind;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where what a POST brings about can be seen.
 *
 * @param path of the object that it makes or changes
 * @param kinds of the objects that it makes and that the path names; their ids are taken before
 *     there are any
 */
record IdempotentTarget(String path, List<ObjectKind> kinds) {

    /** The outcome of a POST to this path; null if it cannot be seen anywhere. */
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

    /** The same as an earlier try had it, with the ids that it took. */
    IdempotentTarget at(@Nullable String earlier) {
        return new IdempotentTarget(earlier == null ? path : earlier, kinds);
    }

    /** Whether the object is made, and not changed. */
    boolean made() {
        return !kinds.isEmpty();
    }

    /** Lets the request make its objects under these ids. */
    void promise(RoutingContext http) {
        kinds.forEach(kind -> PromisedIds.keepOutcome(http, kind, idOf(kind)));
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

    /** Where the events of the run are that the object is. */
    String events() {
        return path + "/events";
    }
}
