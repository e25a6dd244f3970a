package dev.threadwell.api.stream;

import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.StreamView;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * One server-sent event, in bytes.
 *
 * @param last whether a stream ends with it
 */
public record Frame(Buffer bytes, boolean last) {

    static final Buffer DONE = Buffer.buffer("event: done\ndata: [DONE]\n\n");

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
        return new Frame(
                Buffer.buffer("event: " + name + "\ndata: ")
                        .appendBytes(Json.bytes(data))
                        .appendString("\n\n"),
                LAST.contains(name));
    }

    /** A run in its status. */
    public static Frame of(Run run) {
        return of("thread.run." + run.status().wire(), StreamView.of(run));
    }

    static Frame of(StreamRecord found) {
        StreamEvent event = found.event();
        return new Frame(
                Buffer.buffer()
                        .appendString("event: " + event.name())
                        .appendString("\nid: " + found.partition() + "-" + found.offset())
                        .appendString("\ndata: ")
                        .appendBytes(event.data())
                        .appendString("\n\n"),
                LAST.contains(event.name()));
    }
}
