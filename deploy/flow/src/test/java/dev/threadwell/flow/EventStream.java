package dev.threadwell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The server-sent events of one answer, read as they come. */
public final class EventStream {

    /** One event; its id is empty when it has none. */
    public record Event(String id, String name, JsonNode data) {

        public boolean is(String wanted) {
            return name.equals(wanted);
        }

        public String objectId() {
            return data.path("id").asText();
        }

        /** The piece of text that a message delta carries. */
        public String text() {
            return is("thread.message.delta")
                    ? data.at("/delta/content/0/text/value").asText()
                    : "";
        }
    }

    private final InputStream body;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile boolean done;
    private volatile boolean ended;
    private volatile long lastAtNanos;
    private volatile long longestGapNanos;

    private EventStream(InputStream body) {
        this.body = body;
    }

    public static EventStream of(InputStream body) {
        var stream = new EventStream(body);
        Thread.ofVirtual().name("events").start(stream::read);
        return stream;
    }

    /** The events of a run behind the one with this id, from whichever node. */
    public static EventStream resumed(Http node, String run, String lastEventId) {
        return of(node.stream(run + "/events", Map.of("Last-Event-ID", lastEventId)));
    }

    /** The events of a run behind the first so many, from whichever node. */
    public static EventStream startingAfter(Http node, String run, int seen) {
        return of(node.stream(run + "/events?starting_after=" + seen, Map.of()));
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    take(id, name, line.substring(6));
                    id = "";
                }
            }
        } catch (IOException broken) {
            // The node was killed or the test hung up: an end without 'done', as the test will see.
            ended = true;
        } finally {
            ended = true;
        }
    }

    private void take(String id, String name, String data) {
        long now = System.nanoTime();
        if (lastAtNanos != 0) {
            longestGapNanos = Math.max(longestGapNanos, now - lastAtNanos);
        }
        lastAtNanos = now;
        if (data.equals("[DONE]")) {
            done = true;
        } else {
            events.add(new Event(id, name, Json.read(data)));
        }
    }

    /** Waits for an event; fails when the stream ends without it. */
    public Event awaits(String what, Predicate<Event> wanted) {
        return Eventually.present(
                what,
                () -> {
                    boolean over = ended;
                    var found = events.stream().filter(wanted).findFirst();
                    if (found.isEmpty() && over) {
                        throw new AssertionError("the stream ended without " + what + ": " + this);
                    }
                    return found.orElse(null);
                });
    }

    public EventStream awaitsDeltas(int count) {
        Eventually.isTrue(count + " deltas", () -> deltas() >= count || ended);
        if (deltas() < count) {
            throw new AssertionError("the stream ended after " + deltas() + " deltas: " + this);
        }
        return this;
    }

    public long deltas() {
        return events.stream().filter(e -> e.is("thread.message.delta")).count();
    }

    /** Waits until it has ended with {@code done}. */
    public List<Event> toItsEnd() {
        Eventually.isTrue("the end of the stream", () -> ended);
        if (!done) {
            throw new AssertionError("the stream broke off: " + this);
        }
        return List.copyOf(events);
    }

    /** Waits until it has ended, whether it said {@code done} or broke off. */
    public List<Event> toAnyEnd() {
        Eventually.isTrue("the end of the stream", () -> ended);
        return List.copyOf(events);
    }

    /** Whether it has ended with {@code done}. */
    public boolean isDone() {
        return done;
    }

    public List<Event> soFar() {
        return List.copyOf(events);
    }

    public long lastAtNanos() {
        return lastAtNanos;
    }

    /** The longest time between two of its events. */
    public Duration longestGap() {
        return Duration.ofNanos(longestGapNanos);
    }

    /** The client hangs up. */
    public EventStream drops() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.isTrue("the end of the stream", () -> ended);
        return this;
    }

    /** The events' names without {@code thread.}, each run of deltas told once. */
    public static List<String> names(List<Event> events) {
        List<String> names = new ArrayList<>();
        for (Event event : events) {
            String name = event.name().replaceFirst("^thread\\.", "");
            if (!name.endsWith("delta") || names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The text of one message, put together from its deltas. */
    public static String text(List<Event> events, String messageId) {
        var text = new StringBuilder();
        events.stream()
                .filter(e -> e.objectId().equals(messageId))
                .forEach(e -> text.append(e.text()));
        return text.toString();
    }

    /** The ids of the messages that began, in order. */
    public static List<String> messages(List<Event> events) {
        return events.stream()
                .filter(e -> e.is("thread.message.created"))
                .map(Event::objectId)
                .toList();
    }

    @Override
    public String toString() {
        return names(events).toString();
    }
}
