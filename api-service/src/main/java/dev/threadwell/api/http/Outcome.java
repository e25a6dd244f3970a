package dev.threadwell.api.http;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where what a POST brings about can be seen.
 *
 * @param path of the object that it makes or changes
 * @param made whether it makes the object; its id is taken before there is one
 */
record Outcome(String path, boolean made) {

    private static final String KEY = "threadwell.outcome";
    private static final String RUN_WITH_THREAD = "/v1/threads/runs";

    private static final List<Collection> COLLECTIONS =
            List.of(
                    new Collection("/v1/assistants", Kind.ASSISTANT),
                    new Collection("/v1/threads", Kind.THREAD),
                    new Collection("/v1/threads/[^/]+/messages", Kind.MESSAGE),
                    new Collection("/v1/threads/[^/]+/runs", Kind.RUN),
                    new Collection("/v1/vector_stores", Kind.VECTOR_STORE),
                    new Collection("/v1/vector_stores/[^/]+/file_batches", Kind.FILE_BATCH),
                    new Collection("/v1/files", Kind.FILE));

    private static final Pattern CHANGED =
            Pattern.compile(
                    "(/v1/(?:assistants/[^/]+|threads/[^/]+|vector_stores/[^/]+"
                            + "|threads/[^/]+/messages/[^/]+|vector_stores/[^/]+/files/[^/]+"
                            + "|threads/[^/]+/runs/[^/]+|vector_stores/[^/]+/file_batches/[^/]+))"
                            + "(?:/cancel|/submit_tool_outputs)?");

    private record Collection(Pattern path, Kind holds) {

        Collection(String path, Kind holds) {
            this(Pattern.compile(path), holds);
        }
    }

    /** The outcome of a POST to this path; null if it cannot be seen anywhere. */
    static @Nullable Outcome of(String requested) {
        String path = requested.endsWith("/") ? requested.replaceAll("/+$", "") : requested;
        if (path.equals(RUN_WITH_THREAD)) {
            String thread = "/v1/threads/" + Kind.THREAD.newId();
            return new Outcome(thread + "/runs/" + Kind.RUN.newId(), true);
        }
        for (Collection collection : COLLECTIONS) {
            if (collection.path().matcher(path).matches()) {
                return new Outcome(path + "/" + collection.holds().newId(), true);
            }
        }
        Matcher changed = CHANGED.matcher(path);
        return changed.matches() ? new Outcome(changed.group(1), false) : null;
    }

    /** The same as an earlier try had it, with the ids that it took. */
    Outcome at(@Nullable String earlier) {
        return new Outcome(earlier == null ? path : earlier, made);
    }

    void promise(RoutingContext http) {
        if (made) {
            http.put(KEY, this);
        }
    }

    /** The id for an object of this kind: promised before, or new. */
    static String newId(RoutingContext http, Kind kind) {
        Outcome promised = http.get(KEY);
        return promised == null ? kind.newId() : promised.idOf(kind);
    }

    private String idOf(Kind kind) {
        return List.of(path.split("/")).reversed().stream()
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
