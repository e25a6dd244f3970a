package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that gets its run through whatever happens: it repeats requests under their idempotency
 * key, takes streams up on any node, and submits what functions return. What it was shown is
 * compared with what is stored when all is quiet again.
 */
final class ChaosRun {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final long PAUSE_MS = 200;

    private final Installation installation;
    private final Random random;
    private final int number;
    private final boolean calls;
    private final boolean computes;
    private final List<EventStream.Event> events = new ArrayList<>();
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private int interruptions;
    private @Nullable String thread;
    private @Nullable String id;

    ChaosRun(Installation installation, int number, long seed) {
        this.installation = installation;
        this.number = number;
        random = new Random(seed + number);
        calls = number % 5 == 4;
        computes = number % 5 == 3;
    }

    /** Carries the run to its end; what it throws is a violation. */
    ChaosRun carryOut() {
        thread = created("/v1/threads", Map.of("messages", List.of(question())));
        String assistant = created("/v1/assistants", assistant());
        var body = Map.of("assistant_id", assistant, "stream", true);
        stream(Client.runs(thread), body, 0);
        while (status().equals("requires_action")) {
            JsonNode call = object().at("/required_action/submit_tool_outputs/tool_calls/0/id");
            var outputs = List.of(Map.of("tool_call_id", call.asText(), "output", "sunny"));
            stream(
                    path() + "/submit_tool_outputs",
                    Map.of("tool_outputs", outputs, "stream", true),
                    events.size());
        }
        return this;
    }

    private Map<String, ?> question() {
        String words =
                "'say':'Run %d:','tokens':%d,'gap_ms':40"
                        .formatted(number, 20 + random.nextInt(40));
        String call =
                calls
                        ? "{'name':'weather'}"
                        : "{'name':'code_interpreter','arguments':{'code':'print(%d)'}}"
                                .formatted(number);
        String direction =
                calls || computes
                        ? "{'calls':[%s],'then':{%s}}".formatted(call, words)
                        : "{" + words + "}";
        return Map.of("role", "user", "content", simulate(direction));
    }

    private Map<String, ?> assistant() {
        return Map.of("model", "simulated", "tools", tools());
    }

    private List<?> tools() {
        if (computes) {
            return List.of(Map.of("type", "code_interpreter"));
        }
        var parameters = Map.of("type", "object", "properties", Map.of());
        var function = Map.of("name", "weather", "parameters", parameters);
        return calls ? List.of(Map.of("type", "function", "function", function)) : List.of();
    }

    private String created(String path, Object body) {
        String key = UUID.randomUUID().toString();
        return insisting(node -> keyed(node, key).post(path, body)).path("id").asText();
    }

    private static Http keyed(Http node, String key) {
        return new Http(node.base(), node.key(), Map.of("Idempotency-Key", key));
    }

    /** An answer that is none of a server in trouble. */
    private JsonNode insisting(Function<Http, Http.Answer> request) {
        while (true) {
            try {
                Http.Answer answer = request.apply(anyNode());
                boolean passes =
                        answer.status() >= 500 || answer.status() == 409 || answer.status() == 429;
                if (!passes) {
                    return answer.ok();
                }
            } catch (UncheckedIOException away) {
                // Its node was killed.
            }
            pauses("an answer");
        }
    }

    private Http anyNode() {
        return installation.node(random.nextInt(2));
    }

    private void pauses(String awaited) {
        if (System.nanoTime() > deadline) {
            throw new AssertionError("run %d (%s) got no %s".formatted(number, id, awaited));
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Follows a stream to its end, taking it up again as often as it breaks. */
    private void stream(String path, Object body, int before) {
        String key = UUID.randomUUID().toString();
        boolean submitted = before > 0;
        boolean done = false;
        while (!done) {
            boolean resumes = id != null && (!submitted || events.size() > before);
            try {
                EventStream stream =
                        resumes
                                ? EventStream.startingAfter(anyNode(), path(), events.size())
                                : EventStream.of(keyed(anyNode(), key).stream(path, body));
                List<EventStream.Event> seen = stream.toAnyEnd();
                // A repeated submission is answered from the run's first event on.
                events.addAll(
                        !resumes && submitted && seen.size() > before && isFirst(seen)
                                ? seen.subList(before, seen.size())
                                : seen);
                done = stream.isDone();
                learnId();
            } catch (UncheckedIOException | AssertionError e) {
                if (submitted && events.size() == before && isPastAction()) {
                    // It was submitted, and its answer was lost.
                    submitted = false;
                }
            }
            if (!done) {
                interruptions++;
                pauses("end of its stream");
            }
        }
    }

    private static boolean isFirst(List<EventStream.Event> seen) {
        return seen.getFirst().is("thread.run.created");
    }

    private boolean isPastAction() {
        return !status().equals("requires_action");
    }

    private void learnId() {
        if (id == null) {
            id =
                    events.stream()
                            .filter(e -> e.is("thread.run.created"))
                            .findFirst()
                            .map(EventStream.Event::objectId)
                            .orElse(null);
            if (id == null) {
                events.clear();
            }
        }
    }

    private String path() {
        return Client.runs(String.valueOf(thread)) + "/" + id;
    }

    private JsonNode object() {
        return insisting(node -> node.get(path()));
    }

    private String status() {
        return object().path("status").asText();
    }

    int interruptions() {
        return interruptions;
    }

    /** The run as any client sees it. */
    ClientRun run() {
        return ClientRun.polled(installation.node(0), String.valueOf(thread), object());
    }

    private boolean computed(ClientRun run) {
        String logs = "\"%d\\n\"".formatted(number);
        return run.steps().stream().anyMatch(step -> step.toString().contains("\"logs\":" + logs));
    }

    /** What is wrong with what the client was shown; empty if nothing is. */
    String violation() {
        ClientRun run = run();
        JsonNode object = run.object();
        String last = events.getLast().name();
        if (!last.equals("thread.run." + object.path("status").asText())) {
            return "run %s ended as %s and showed %s".formatted(id, object.path("status"), last);
        }
        long created = events.stream().filter(e -> e.is("thread.run.created")).count();
        if (created != 1) {
            return "run %s was shown to be created %d times".formatted(id, created);
        }
        if (computes && !computed(run)) {
            return "run %s has no output of its code".formatted(id);
        }
        List<String> stored = new ArrayList<>();
        for (JsonNode message : run.messages()) {
            String messageId = message.path("id").asText();
            stored.add(messageId);
            String shown = EventStream.text(events, messageId);
            if (!shown.equals(ClientRun.textOf(message))) {
                return "run %s showed '%s' of '%s'".formatted(id, shown, ClientRun.textOf(message));
            }
        }
        List<String> shown = EventStream.messages(events);
        return shown.equals(stored)
                ? ""
                : "run %s showed the messages %s of %s".formatted(id, shown, stored);
    }
}
