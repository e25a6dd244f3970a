package dev.threadwell.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events as they come. */
final class EventReader implements AutoCloseable {

    /** An event; the id is null if it has none. */
    record Event(String name, String id, String data) {}

    private final int status;
    private final HttpHeaders headers;
    private final BufferedReader lines;
    private final InputStream in;

    EventReader(HttpResponse<InputStream> answer) {
        status = answer.statusCode();
        headers = answer.headers();
        in = answer.body();
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The next event, or null at the end of the answer. */
    Event next() {
        String name = null;
        String id = null;
        String data = null;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return new Event(name, id, data);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else {
                    throw new AssertionError("not a line of an event: " + line);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Event> next(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    List<Event> rest() {
        List<Event> events = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            events.add(event);
        }
        return events;
    }

    /** The rest of an answer that breaks off. */
    List<Event> restUntilItBreaks() {
        List<Event> events = new ArrayList<>();
        try {
            for (Event event = next(); event != null; event = next()) {
                events.add(event);
            }
        } catch (UncheckedIOException e) {
            return events;
        }
        throw new AssertionError("it did not break off: " + events);
    }

    List<String> namesToTheEnd() {
        return rest().stream().map(Event::name).toList();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
