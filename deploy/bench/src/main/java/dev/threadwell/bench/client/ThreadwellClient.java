package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Client for the parts of the Assistants API that the benchmark uses. */
public final class ThreadwellClient {

    private static final Set<String> GOING_ON = Set.of("queued", "in_progress", "cancelling");
    private static final Map<String, String> POLL_HELPER =
            Map.of("X-Stainless-Poll-Helper", "true");

    /** A run's id with that of its thread. */
    public record RunId(String thread, String run) {}

    /**
     * The result of a poll.
     *
     * @param pauseMillis the pause until the next poll that the server asks for
     * @param nanos when the response had been read
     */
    public record Poll(String status, int pauseMillis, long nanos) {
        public boolean goesOn() {
            return GOING_ON.contains(status);
        }
    }

    /** Receives the events of a streamed run. */
    public interface EventListener {
        void on(String event, String data, long nanos);
    }

    // The pause of openai-python if the server does not name one.
    private static final String DEFAULT_PAUSE = "1000";

    private final Http http;

    public ThreadwellClient(Vertx vertx, Target target) {
        this.http =
                new Http(
                        vertx,
                        target.baseUrl(),
                        Map.of(
                                "authorization",
                                "Bearer " + target.apiKey(),
                                "OpenAI-Beta",
                                "assistants=v2"));
    }

    public Future<String> createAssistant() {
        return http.post("/assistants", new JsonObject().put("model", "simulator"))
                .map(answer -> answer.body().getString("id"));
    }

    /** Creates a thread with one user message. */
    public Future<String> createThread(String text) {
        var message = new JsonObject().put("role", "user").put("content", text);
        return http.post("/threads", new JsonObject().put("messages", new JsonArray().add(message)))
                .map(answer -> answer.body().getString("id"));
    }

    public Future<RunId> createRun(String thread, String assistant) {
        return http.post(runs(thread), new JsonObject().put("assistant_id", assistant))
                .map(answer -> new RunId(thread, answer.body().getString("id")));
    }

    /** Creates a run and reads its stream to the end. */
    public Future<Void> stream(String thread, String assistant, EventListener listener) {
        return http.stream(
                runs(thread),
                new JsonObject().put("assistant_id", assistant).put("stream", true),
                listener::on);
    }

    /** Polls once, like the poll helper of an SDK. */
    public Future<Poll> poll(RunId id) {
        return http.get(runs(id.thread()) + "/" + id.run(), POLL_HELPER)
                .map(
                        answer ->
                                new Poll(
                                        answer.body().getString("status"),
                                        Integer.parseInt(pause(answer)),
                                        answer.nanos()));
    }

    private static String pause(Http.Answer answer) {
        String told = answer.headers().get("openai-poll-after-ms");
        return told == null ? DEFAULT_PAUSE : told;
    }

    private static String runs(String thread) {
        return "/threads/" + thread + "/runs";
    }
}
