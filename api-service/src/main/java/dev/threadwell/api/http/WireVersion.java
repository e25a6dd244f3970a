package dev.threadwell.api.http;

import dev.threadwell.wire.PublicJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * A version of the API. Resources implement the current one; an older one translates requests to it
 * and answers from it.
 */
public interface WireVersion {

    /** The value of the header {@code OpenAI-Beta} that selects this version. */
    String beta();

    /** The body of a request translated to the current version; fails with this version's error. */
    Uni<Buffer> upgrade(ApiRequest request);

    /** An answer, which may be an error or a page, translated to this version. */
    Uni<Object> downgrade(ApiRequest request, Object answer);

    /** The view of a run's events in this version. */
    Uni<Events> events(ApiRequest request, String runId);

    /** Whether a run may start on a thread without messages. */
    boolean runsOnEmptyThreads();

    /** Translates the events of a run. */
    interface Events {

        /** The event as this version shows it. */
        Event shown(Event event);
    }

    /** A server-sent event: its name and its JSON. */
    record Event(String name, PublicJson data) {}
}
