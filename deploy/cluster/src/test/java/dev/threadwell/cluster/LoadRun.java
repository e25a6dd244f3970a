package dev.threadwell.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Client;
import dev.threadwell.flow.ClientRun;
import dev.threadwell.flow.EventStream;
import dev.threadwell.flow.Http;
import dev.threadwell.flow.Status;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** One client with one run: begins it, follows it to its end, and compares. */
final class LoadRun {

    /** What a client does when a request fails. */
    enum Manner {
        ASKS_ONCE(1),
        ASKS_AGAIN(3);

        private final int attempts;

        Manner(int attempts) {
            this.attempts = attempts;
        }
    }

    /** A request that failed, as often as its client tried; it has been counted. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    private static final String SEARCH =
            """
            "calls":[{"name":"file_search","arguments":{"queries":["tide"]}}]\
            """;

    private static final int MOST_RESUMPTIONS = 5;
    private static final long BETWEEN_POLLS_MS = 500;
    private static final long BEFORE_REPETITION_MS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Http http;
    private final String assistant;
    private final int number;
    private final Manner manner;
    private final Tally tally;

    LoadRun(Http http, String assistant, int number, Manner manner, Tally tally) {
        this.http = http;
        this.assistant = assistant;
        this.number = number;
        this.manner = manner;
        this.tally = tally;
    }

    private boolean isStreamed() {
        return number % 2 == 0;
    }

    private boolean searches() {
        return number % 5 == 3;
    }

    /** Seconds of an answer: 1 or 2, and 20 for one streamed run of ten. */
    private int tokens() {
        return number % 20 == 10 ? 400 : 20 + number % 20;
    }

    void carryOut() {
        try {
            String violation = isStreamed() ? streamed() : polled();
            if (!violation.isEmpty()) {
                tally.broke("run %d: %s".formatted(number, violation));
            }
        } catch (Failed e) {
            tally.failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            tally.broke("run %d: %s".formatted(number, e));
        }
    }

    private Map<String, Object> body() {
        String words =
                "\"say\":\"Run %d:\",\"tokens\":%d,\"gap_ms\":50".formatted(number, tokens());
        String direction = searches() ? "%s,\"then\":{%s}".formatted(SEARCH, words) : words;
        String question = "Please simulate {" + direction + "}";
        var message = Map.of("role", "user", "content", question);
        return Map.of(
                "assistant_id",
                assistant,
                "thread",
                Map.of("messages", List.of(message)),
                "stream",
                isStreamed());
    }

    private String polled() throws InterruptedException {
        JsonNode run = ok("create", keyed(), node -> node.post("/v1/threads/runs", body()));
        String path = Client.runs(run.path("thread_id").asText()) + "/" + run.path("id").asText();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Status.of(run.path("status").asText()).isFinal()) {
            if (System.nanoTime() > deadline) {
                return "has not ended: " + run;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_POLLS_MS);
            run = ok("poll", http, node -> node.get(path));
        }
        return compared(run, List.of());
    }

    private String streamed() throws InterruptedException {
        Http keyed = keyed();
        EventStream stream =
                asked("create stream", () -> EventStream.of(opened(keyed))); // its head only
        List<EventStream.Event> events = new ArrayList<>(stream.toAnyEnd());
        Duration gap = stream.longestGap();
        int resumptions = 0;
        String path = "";
        while (!stream.isDone()) {
            if (++resumptions > MOST_RESUMPTIONS) {
                return "its stream broke off again and again";
            }
            String run = path.isEmpty() ? pathOf(events) : path;
            if (run.isEmpty()) {
                throw new Failed("create stream: it broke off before the run was shown");
            }
            path = run;
            tally.resumed();
            String last = lastId(events);
            if (last.isEmpty()) {
                events.clear(); // it has no position yet: all events from the creation on
            }
            stream =
                    asked(
                            "resume stream",
                            () ->
                                    last.isEmpty()
                                            ? EventStream.startingAfter(http, run, 0)
                                            : EventStream.resumed(http, run, last));
            events.addAll(stream.toAnyEnd());
            gap = gap.compareTo(stream.longestGap()) > 0 ? gap : stream.longestGap();
        }
        tally.streamed(gap);
        String ended = pathOf(events);
        return compared(ok("get", http, node -> node.get(ended)), events);
    }

    private InputStream opened(Http keyed) {
        return keyed.streamWithIds("/v1/threads/runs", body());
    }

    private static String lastId(List<EventStream.Event> events) {
        return events.reversed().stream()
                .map(EventStream.Event::id)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String pathOf(List<EventStream.Event> events) {
        return events.stream()
                .filter(e -> e.is("thread.run.created"))
                .findFirst()
                .map(e -> Client.runs(e.data().path("thread_id").asText()) + "/" + e.objectId())
                .orElse("");
    }

    /** What is wrong with the end of the run; empty if nothing is. */
    private String compared(JsonNode run, List<EventStream.Event> events)
            throws InterruptedException {
        if (Status.of(run.path("status").asText()) != Status.COMPLETED) {
            return "has ended otherwise: " + run;
        }
        String path =
                "/v1/threads/%s/messages?order=asc&run_id=%s"
                        .formatted(run.path("thread_id").asText(), run.path("id").asText());
        JsonNode messages = ok("messages", http, node -> node.get(path)).path("data");
        String last = ClientRun.textOf(messages.path(messages.size() - 1));
        if (!last.startsWith("Run %d:".formatted(number))) {
            return "says " + last;
        }
        for (JsonNode message : messages) {
            String shown = EventStream.text(events, message.path("id").asText());
            if (isStreamed() && !shown.equals(ClientRun.textOf(message))) {
                return "showed '%s' of %s".formatted(shown, message);
            }
        }
        return "";
    }

    private Http keyed() {
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return manner == Manner.ASKS_AGAIN ? new Http(http.base(), http.key(), key) : http;
    }

    private JsonNode ok(String what, Http node, Function<Http, Http.Answer> request)
            throws InterruptedException {
        return asked(what, () -> request.apply(node).ok());
    }

    /** Sends a request as often as this client does; throws when none got a good answer. */
    private <T> T asked(String what, Supplier<T> request) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long began = System.nanoTime();
            try {
                T answer = request.get();
                tally.asked(System.nanoTime() - began);
                return answer;
            } catch (UncheckedIOException | AssertionError e) {
                tally.asked(System.nanoTime() - began);
                if (attempt >= manner.attempts) {
                    throw new Failed(
                            "%s %s of run %d: %s%s"
                                    .formatted(
                                            LocalTime.now(),
                                            what,
                                            number,
                                            e.getMessage(),
                                            e.getCause() == null ? "" : ", " + e.getCause()));
                }
                tally.repeated();
                TimeUnit.MILLISECONDS.sleep(BEFORE_REPETITION_MS * attempt);
            }
        }
    }
}
