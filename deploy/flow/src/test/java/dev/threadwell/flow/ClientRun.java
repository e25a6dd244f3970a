package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run as its client sees it, with what is expected of it. */
public final class ClientRun {

    private final Http http;
    private final String thread;
    private final String id;
    private final List<EventStream> streams = new ArrayList<>();

    private ClientRun(Http http, String thread, String id) {
        this.http = http;
        this.thread = thread;
        this.id = id;
    }

    public static ClientRun polled(Http http, String thread, JsonNode created) {
        return new ClientRun(http, thread, created.path("id").asText());
    }

    public static ClientRun streamed(Http http, String thread, EventStream stream) {
        String id = stream.awaits("the run", e -> e.is("thread.run.created")).objectId();
        var run = new ClientRun(http, thread, id);
        run.streams.add(stream);
        return run;
    }

    public String id() {
        return id;
    }

    public String thread() {
        return thread;
    }

    /** The same run, seen through another node. */
    public ClientRun on(Http node) {
        return new ClientRun(node, thread, id);
    }

    public boolean isOn(Http node) {
        return http.equals(node);
    }

    public String path() {
        return Client.runs(thread) + "/" + id;
    }

    public JsonNode object() {
        return http.get(path()).ok();
    }

    public Status status() {
        return Status.of(object().path("status").asText());
    }

    /** Waits for a status; fails at once when the run has ended otherwise. */
    public ClientRun becomes(Status expected) {
        Eventually.isTrue(
                id + " becomes " + expected,
                () -> {
                    Status now = status();
                    if (now != expected && now.isFinal()) {
                        throw new AssertionError(
                                "expected %s, but: %s".formatted(expected, object()));
                    }
                    return now == expected;
                });
        return this;
    }

    /** Answers the calls that the run waits for, in their order. */
    public ClientRun submits(String... outputs) {
        List<Map<String, String>> answers = new ArrayList<>();
        for (JsonNode call : calls()) {
            String output = outputs[answers.size()];
            answers.add(Map.of("tool_call_id", call.path("id").asText(), "output", output));
        }
        assertThat(answers).as("calls that wait").hasSameSizeAs(outputs);
        String path = path() + "/submit_tool_outputs";
        if (streams.isEmpty()) {
            http.post(path, Map.of("tool_outputs", answers)).ok();
        } else {
            streams.getLast().toItsEnd();
            var body = Map.of("tool_outputs", answers, "stream", true);
            streams.add(EventStream.of(http.streamWithIds(path, body)));
        }
        return this;
    }

    /** The calls that the run waits for. */
    public List<JsonNode> calls() {
        return Json.elements(object().at("/required_action/submit_tool_outputs/tool_calls"));
    }

    public ClientRun cancels() {
        assertThat(http.post(path() + "/cancel", Map.of()).ok().path("status").asText())
                .isEqualTo("cancelling");
        return this;
    }

    public EventStream stream() {
        return streams.getLast();
    }

    /** The client's stream broke; it takes it up again here, behind the last event that it got. */
    public ClientRun resumesOn(Http node) {
        List<EventStream.Event> seen = streams.getLast().toAnyEnd();
        return resumesOn(node, seen.getLast().id());
    }

    /** Takes the stream up behind this event. */
    public ClientRun resumesOn(Http node, String lastEventId) {
        streams.add(EventStream.resumed(node, path(), lastEventId));
        return this;
    }

    /** The events of the whole run, once its last stream has ended. */
    public List<EventStream.Event> events() {
        List<EventStream.Event> events = new ArrayList<>();
        streams.subList(0, streams.size() - 1).forEach(s -> events.addAll(s.toAnyEnd()));
        events.addAll(streams.getLast().toItsEnd());
        return events;
    }

    /** Exactly these events came, deltas that follow each other told once. */
    public ClientRun streamed(String... names) {
        assertThat(EventStream.names(events())).containsExactly(names);
        return this;
    }

    /** What was streamed of each finished message is what its thread now says. */
    public ClientRun streamedWhatIsStored() {
        for (JsonNode message : messages()) {
            assertThat(EventStream.text(events(), message.path("id").asText()))
                    .as("streamed text of %s", message)
                    .isEqualTo(textOf(message));
        }
        return this;
    }

    /** The run's messages say this, and have all been completed. */
    public ClientRun says(String... texts) {
        assertThat(messages()).extracting(ClientRun::textOf).containsExactly(texts);
        assertThat(messages()).extracting(m -> m.path("status").asText()).containsOnly("completed");
        return this;
    }

    /** The messages that the run wrote, oldest first. */
    public List<JsonNode> messages() {
        String path = "/v1/threads/" + thread + "/messages?order=asc&limit=100&run_id=" + id;
        return Json.elements(http.get(path).ok().path("data"));
    }

    public List<JsonNode> steps() {
        return Json.elements(http.get(path() + "/steps?order=asc&limit=100").ok().path("data"));
    }

    /** The first call of its first step. */
    public JsonNode firstCall() {
        return steps().getFirst().at("/step_details/tool_calls/0");
    }

    /** The statuses of the messages that the run wrote. */
    public ClientRun messagesAre(String... statuses) {
        assertThat(messages()).extracting(m -> m.path("status").asText()).containsExactly(statuses);
        return this;
    }

    /** The steps have ended like this. */
    public ClientRun stepsAre(String... statuses) {
        assertThat(steps()).extracting(s -> s.path("status").asText()).containsExactly(statuses);
        return this;
    }

    /** The run failed with this code. */
    public ClientRun failsWith(String code) {
        becomes(Status.FAILED);
        JsonNode run = object();
        assertThat(run.at("/last_error/code").asText()).isEqualTo(code);
        assertThat(run.path("failed_at").isNumber()).isTrue();
        assertThat(run.path("expires_at").isNull()).isTrue();
        return this;
    }

    /** The thread takes new messages again. */
    public ClientRun leavesItsThreadFree() {
        var answer =
                http.post(
                        "/v1/threads/" + thread + "/messages",
                        Map.of("role", "user", "content", "And now?"));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return this;
    }

    public static String textOf(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(p -> text.append(p.at("/text/value").asText()));
        return text.toString();
    }
}
