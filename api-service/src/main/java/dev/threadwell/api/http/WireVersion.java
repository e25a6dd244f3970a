package dev.threadwell.api.http;

import dev.threadwell.wire.PublicJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * A version of the API. Resources implement the current one; an older one translates requests to it
 * and answers from it.
 */
public interface WireVersion {

    /** The value of the header {@code OpenAI-Beta} that asks for it. */
    String beta();

    /** The body of a call as the current version has it; fails with the older one's error. */
    Uni<Buffer> upgrade(ApiRequest call);

    /** An answer, which may be an error or a page, as this version has it. */
    Uni<Object> downgrade(ApiRequest call, Object answer);

    /** How this version shows the events of a run. */
    Uni<Events> events(ApiRequest call, String runId);

    /** Whether a run may begin with nothing to answer to. */
    boolean runsOnEmptyThreads();

    /** A view of a run's events. */
    interface Events {

        /** The event as it is shown. */
        Event shown(Event event);
    }

    /** A server-sent event: its name, and its JSON. */
    record Event(String name, PublicJson data) {}
}
