package dev.threadwell.api.stream;

import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.http.WireVersion.Event;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.store.RunRow;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.StreamView;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event. Objects become frames by the factories below alone, each of which takes
 * the view that clients may see: nothing that is secret can come into a stream.
 *
 * @param id null for one that no stream can be taken up behind
 */
public record Frame(String name, @Nullable String id, Buffer data) {

    static final Frame DONE = new Frame("done", null, Buffer.buffer("[DONE]"));

    /** The creation of a thread. */
    public static Frame created(ThreadObject thread) {
        return of("thread.created", StreamView.of(thread));
    }

    /** The creation of a run. */
    public static Frame created(Run run) {
        return of("thread.run.created", StreamView.of(run));
    }

    /** A run in its status. */
    public static Frame of(Run run) {
        return of("thread.run." + run.status().wire(), StreamView.of(run));
    }

    /** A step of this run in its status. */
    public static Frame of(RunRow row, RunStep step) {
        return step(row, step, step.status().name().toLowerCase(Locale.ROOT));
    }

    /** A step of this run, under this name. */
    static Frame step(RunRow row, RunStep step, String name) {
        return of("thread.run.step." + name, row.shown(step));
    }

    /** A message of a run in its status. */
    static Frame of(Message message) {
        return message(message, message.status().name().toLowerCase(Locale.ROOT));
    }

    /** A message of a run, under this name. */
    static Frame message(Message message, String name) {
        return of("thread.message." + name, message);
    }

    /** A piece of a message or a step. */
    static Frame delta(String name, byte[] json) {
        return new Frame(name, null, Buffer.buffer(json));
    }

    private static Frame of(String name, Object data) {
        return new Frame(name, null, Buffer.buffer(Json.bytes(data)));
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

    /** The event as it is written: as the original wrote it, or with its id. */
    Buffer bytes(boolean withId) {
        Buffer bytes = Buffer.buffer("event: " + name);
        if (withId && id != null) {
            bytes.appendString("\nid: " + id);
        }
        return bytes.appendString("\ndata: ").appendBuffer(data).appendString("\n\n");
    }

    /** Whether a stream ends with it. */
    boolean last() {
        return StreamEvent.isLast(name);
    }
}
