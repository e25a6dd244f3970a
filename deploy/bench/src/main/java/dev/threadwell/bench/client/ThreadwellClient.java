package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** The Assistants API, as far as the measurements need it. */
public final class ThreadwellClient {

    private static final Set<String> GOING_ON = Set.of("queued", "in_progress", "cancelling");
    private static final Map<String, String> POLL_HELPER =
            Map.of("X-Stainless-Poll-Helper", "true");

    /** A thread's id and the id of a run on it. */
    public record RunId(String thread, String run) {}

    /**
     * What a poll brought.
     *
     * @param pauseMillis what the server asks the client to wait before the next poll
     * @param nanos when the answer had been read
     */
    public record Poll(String status, int pauseMillis, long nanos) {
        public boolean goesOn() {
            return GOING_ON.contains(status);
        }
    }

    /** Hears of the events of a streamed run. */
    public interface EventListener {
        void on(String event, String data, long nanos);
    }

    // What openai-python waits when the server says nothing.
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

    /** A thread with one message of the user. */
    public Future<String> createThread(String text) {
        var message = new JsonObject().put("role", "user").put("content", text);
        return http.post("/threads", new JsonObject().put("messages", new JsonArray().add(message)))
                .map(answer -> answer.body().getString("id"));
    }

    public Future<RunId> createRun(String thread, String assistant) {
        return http.post(runs(thread), new JsonObject().put("assistant_id", assistant))
                .map(answer -> new RunId(thread, answer.body().getString("id")));
    }

    /** Creates a run and follows its stream to the end. */
    public Future<Void> stream(String thread, String assistant, EventListener listener) {
        return http.stream(
                runs(thread),
                new JsonObject().put("assistant_id", assistant).put("stream", true),
                listener::on);
    }

    /** One GET, as the poll helper of an SDK makes it. */
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
