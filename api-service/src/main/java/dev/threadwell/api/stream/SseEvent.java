package dev.threadwell.api.stream;

import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.http.WireVersion.Event;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import dev.threadwell.wire.StreamView;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event. Its data is public JSON by its type, so that no secret can get into a
 * stream.
 *
 * @param name usually of a {@link StreamEventName}; an unknown name of a newer version is passed on
 * @param id null if no stream can be resumed after this event
 */
public record SseEvent(String name, @Nullable String id, PublicJson data) {

    static final SseEvent DONE =
            of(StreamEventName.DONE, PublicJson.written("[DONE]".getBytes(StandardCharsets.UTF_8)));

    /** The creation of a thread. */
    public static SseEvent created(ThreadObject thread) {
        return of(StreamEventName.THREAD_CREATED, PublicJson.of(StreamView.of(thread)));
    }

    /** The creation of a run. */
    public static SseEvent created(Run run) {
        return of(StreamEventName.RUN_CREATED, PublicJson.of(StreamView.of(run)));
    }

    /** The event for a run in its status. */
    public static SseEvent of(Run run) {
        return of(StreamEventName.of(run.status()), PublicJson.of(StreamView.of(run)));
    }

    /** The event for a step of this run in its status. */
    public static SseEvent of(RunRow row, RunStep step) {
        return step(row, step, StreamEventName.of(step.status()));
    }

    /** An event with a step of this run, under this name. */
    static SseEvent step(RunRow row, RunStep step, StreamEventName name) {
        return of(name, PublicJson.of(row.shown(step)));
    }

    /** The event for a message of a run in its status. */
    static SseEvent of(Message message) {
        return message(message, StreamEventName.of(message.status()));
    }

    /** An event with a message of a run, under this name. */
    static SseEvent message(Message message, StreamEventName name) {
        return of(name, PublicJson.of(message));
    }

    /** An event without an id, after which no stream can be resumed. */
    static SseEvent of(StreamEventName name, PublicJson data) {
        return new SseEvent(name.wire(), null, data);
    }

    /** An event that was read from {@code run.stream}; its writer has written public JSON. */
    static SseEvent of(StreamRecord found) {
        StreamEvent event = found.event();
        return new SseEvent(
                event.name(),
                found.partition() + "-" + found.offset(),
                PublicJson.written(event.data()));
    }

    /** An event that is no part of the run's order, so that no stream can be resumed after it. */
    static SseEvent passing(StreamEvent event) {
        return new SseEvent(event.name(), null, PublicJson.written(event.data()));
    }

    /** This event in the client's version of the API. */
    SseEvent shown(WireVersion.Events view) {
        Event shown = view.shown(new Event(name, data));
        return new SseEvent(shown.name(), id, shown.data());
    }

    /** Whether the event has this name. */
    boolean is(StreamEventName event) {
        return name.equals(event.wire());
    }

    /** The bytes of the event: as the original API writes it, or with its id. */
    Buffer bytes(boolean withId) {
        Buffer bytes = Buffer.buffer("event: " + name);
        if (withId && id != null) {
            bytes.appendString("\nid: " + id);
        }
        return bytes.appendString("\ndata: ").appendBytes(data.bytes()).appendString("\n\n");
    }

    /** Whether a stream ends with this event. */
    boolean last() {
        return StreamEventName.endsStream(name);
    }
}
