package dev.threadwell.api.stream;

import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.http.WireVersion.Event;
import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.StreamView;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param id null for one that no stream can be taken up behind
 */
public record Frame(String name, @Nullable String id, Buffer data) {

    static final Frame DONE = new Frame("done", null, Buffer.buffer("[DONE]"));

    private static final Set<String> LAST =
            Set.of(
                    "thread.run.requires_action",
                    "thread.run.completed",
                    "thread.run.failed",
                    "thread.run.cancelled",
                    "thread.run.expired",
                    "thread.run.incomplete",
                    "error");

    /** An object as an event of this name. */
    public static Frame of(String name, Object data) {
        return new Frame(name, null, Buffer.buffer(Json.bytes(data)));
    }

    /** A run in its status. */
    public static Frame of(Run run) {
        return of("thread.run." + run.status().wire(), StreamView.of(run));
    }

    static Frame of(StreamRecord found) {
        StreamEvent event = found.event();
        return new Frame(
                event.name(),
                found.partition() + "-" + found.offset(),
                Buffer.buffer(event.data()));
    }

    /** This event as a client's version of the wire has it. */
    Frame shown(WireVersion.Events view) {
        Event shown = view.shown(new Event(name, data));
        return new Frame(shown.name(), id, shown.data());
    }

    /** The event as it is written. */
    Buffer bytes() {
        Buffer bytes = Buffer.buffer("event: " + name);
        if (id != null) {
            bytes.appendString("\nid: " + id);
        }
        return bytes.appendString("\ndata: ").appendBuffer(data).appendString("\n\n");
    }

    /** Whether a stream ends with it. */
    boolean last() {
        return LAST.contains(name);
    }
}
