package dev.threadwell.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks an installation as a client sees it: makes an assistant, streams one run to its end, and
 * deletes both the thread and the assistant.
 */
public final class InstallationCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 30;
    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_SHOWN = 500;

    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    private static final List<String> ENDS =
            List.of(
                    "thread.run.completed",
                    "thread.run.failed",
                    "thread.run.incomplete",
                    "thread.run.expired",
                    "thread.run.cancelled",
                    "thread.run.requires_action");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String base;
    private final String apiKey;
    private final String model;

    /**
     * @param base the base URL of the API, up to and with {@code /v1}
     * @param apiKey a key of it
     * @param model the model of the run
     */
    public InstallationCheck(String base, String apiKey, String model) {
        this.base = base;
        this.apiKey = apiKey;
        this.model = model;
    }

    /** What was seen of the run's stream. */
    public record Seen(String run, int deltas, String text) {}

    /** Says that the installation did not do what it has to. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** Carries out one run; fails unless its stream is whole and its run completed. */
    public Seen run() throws Failed, IOException, InterruptedException {
        try (Made assistant = new Made("/assistants/" + assistant())) {
            return streamed(assistant.id());
        }
    }

    /** An object that the check has made, and deletes whatever happens. */
    private final class Made implements AutoCloseable {
        private final String path;

        Made(String path) {
            this.path = path;
        }

        String id() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public void close() throws Failed, IOException {
            HttpResponse<String> answer;
            try {
                answer = http.send(request(path).DELETE().build(), BodyHandlers.ofString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            if (answer.statusCode() != 200) {
                throw new Failed("%s was not deleted: %d".formatted(path, answer.statusCode()));
            }
        }
    }

    /**
     * A service that was just installed may not be reachable yet, so that its first call is
     * repeated.
     */
    private String assistant() throws Failed, IOException, InterruptedException {
        String body = SimulatorJson.object().put("model", model).put("name", "check").toString();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> answer =
                        http.send(post("/assistants", body), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return tree(answer.body()).path("id").asText();
                }
                if (answer.statusCode() < 500 || attempt == ATTEMPTS) {
                    throw new Failed(
                            "an assistant was refused: %d %s"
                                    .formatted(answer.statusCode(), shown(answer.body())));
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            Thread.sleep(BETWEEN_ATTEMPTS);
        }
    }

    private Seen streamed(String assistant) throws Failed, IOException, InterruptedException {
        ObjectNode body = SimulatorJson.object().put("assistant_id", assistant).put("stream", true);
        body.putObject("thread")
                .putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "Are you there?");
        HttpResponse<Stream<String>> answer =
                http.send(post("/threads/runs", body.toString()), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new Failed(
                        "a run was refused: %d %s"
                                .formatted(
                                        answer.statusCode(),
                                        shown(String.join(" ", lines.limit(20).toList()))));
            }
            return read(lines.limit(MOST_LINES).iterator());
        }
    }

    private Seen read(Iterator<String> lines) throws Failed, IOException {
        StringBuilder text = new StringBuilder();
        int deltas = 0;
        String event = "";
        @Nullable JsonNode run = null;
        @Nullable Made thread = null;
        boolean done = false;
        try {
            while (!done && lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith(EVENT)) {
                    event = line.substring(EVENT.length());
                } else if (line.startsWith(DATA)) {
                    String data = line.substring(DATA.length());
                    done = event.equals("done");
                    if (event.equals("thread.created")) {
                        thread = new Made("/threads/" + tree(data).path("id").asText());
                    } else if (event.equals("thread.message.delta")) {
                        deltas++;
                        text.append(deltaText(data));
                    } else if (ENDS.contains(event)) {
                        run = tree(data);
                    }
                }
            }
            return judged(run, done, deltas, text.toString());
        } finally {
            if (thread != null) {
                thread.close();
            }
        }
    }

    private static Seen judged(@Nullable JsonNode run, boolean done, int deltas, String text)
            throws Failed {
        if (run == null) {
            throw new Failed("the stream ended without the end of its run");
        }
        String status = run.path("status").asText();
        if (!status.equals("completed")) {
            throw new Failed(
                    "the run is %s: %s"
                            .formatted(status, shown(run.path("last_error").toString())));
        }
        if (!done) {
            throw new Failed("the stream broke off before its last event");
        }
        if (deltas == 0 || text.isBlank()) {
            throw new Failed("the run completed without an answer");
        }
        return new Seen(run.path("id").asText(), deltas, text);
    }

    private static String deltaText(String data) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : tree(data).path("delta").path("content")) {
            text.append(part.path("text").path("value").asText());
        }
        return text.toString();
    }

    private static JsonNode tree(String json) throws IOException {
        return SimulatorJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + apiKey)
                .header("OpenAI-Beta", "assistants=v2");
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN);
    }
}
