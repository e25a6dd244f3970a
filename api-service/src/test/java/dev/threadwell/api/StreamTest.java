package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.api.EventReader.Event;
import dev.threadwell.api.stream.Audience;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.run.RunEvent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of runs, with a test in the worker's place. */
@QuarkusTest
class StreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;
    @Inject RunStore runs;
    @Inject Audience audience;

    private Api api;
    private String assistant;

    @BeforeEach
    void open() {
        api = Api.at(base);
        assistant = api.assistant();
    }

    private EventReader streamed(String thread) {
        return api.stream(
                "POST",
                "/v1/threads/" + thread + "/runs",
                "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}");
    }

    private static String idIn(Event event) {
        return Json.read(event.data(), Map.class).get("id").toString();
    }

    private static String delta(String text) {
        return "{\"object\":\"thread.message.delta\",\"text\":\"" + text + "\"}";
    }

    private RunKey key(String thread, String run) {
        return new RunKey("proj_default", thread, run);
    }

    @Test
    void aRunWithItsThreadStreamsFromItsCreationToItsEnd() {
        try (EventReader events =
                api.stream(
                        "POST",
                        "/v1/threads/runs",
                        """
                        {"stream":true,"assistant_id":"%s","thread":{"messages":[
                          {"role":"user","content":"Hello"}]}}"""
                                .formatted(assistant))) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(events.header("x-request-id")).matches("req_[0-9a-f]{32}");
            List<Event> first = events.next(3);
            assertThat(first)
                    .extracting(Event::name)
                    .containsExactly("thread.created", "thread.run.created", "thread.run.queued");
            assertThat(first.get(1).data()).isEqualTo(first.get(2).data());
            assertThat(first.get(1).data())
                    .contains("\"status\":\"queued\",\"started_at\":null")
                    .contains("\"tool_resources\":{\"code_interpreter\":{\"file_ids\":[]}}");

            RunRow row = worker.claims(idIn(first.get(1)));
            worker.writesStatus(row);
            worker.writes(row, row.epoch(), "thread.message.delta", delta("Grüße"));
            RunRow done = worker.completes(row, "Grüße");
            worker.writesStatus(done);

            List<Event> rest = events.rest();
            assertThat(rest)
                    .extracting(Event::name)
                    .containsExactly(
                            "thread.run.in_progress",
                            "thread.message.delta",
                            "thread.run.completed",
                            "done");
            assertThat(rest.get(1).data()).isEqualTo(delta("Grüße"));
            assertThat(first).extracting(Event::id).containsOnlyNulls();
            assertThat(rest).extracting(Event::id).containsOnlyNulls();
            assertThat(rest.getLast()).isEqualTo(new Event("done", null, "[DONE]"));
        }
    }

    @Test
    void aZombiesEventsAreDropped() {
        String thread = api.thread();
        try (EventReader events = streamed(thread)) {
            RunRow row = worker.claims(idIn(events.next(2).getFirst()));
            worker.writes(row, 1, "thread.message.delta", delta("one"));
            worker.writes(row, 2, StreamEvent.FENCE, "{}");
            worker.writes(row, 1, "thread.message.delta", delta("zombie"));
            worker.writes(row, 2, "thread.message.delta", delta("two"));
            worker.writes(row, 2, "thread.run.completed", "{}");
            assertThat(events.rest())
                    .extracting(Event::data)
                    .containsExactly(delta("one"), delta("two"), "{}", "[DONE]");
        }
    }

    @Test
    void anErrorEndsAStream() {
        try (EventReader events = streamed(api.thread())) {
            RunRow row = worker.claims(idIn(events.next(2).getFirst()));
            worker.writes(row, row.epoch(), "error", "{\"error\":{}}");
            assertThat(events.namesToTheEnd()).containsExactly("error", "done");
        }
    }

    @Test
    void submittedOutputsAreStreamedFromTheirStepOn() {
        String thread = api.thread();
        String run;
        RunRow waiting;
        try (EventReader events = streamed(thread)) {
            run = idIn(events.next(2).getFirst());
            RunRow row = worker.claims(run);
            worker.writesStatus(row);
            waiting = worker.calls(row, "weather");
            worker.writesStatus(waiting);
            assertThat(events.namesToTheEnd())
                    .containsExactly(
                            "thread.run.in_progress", "thread.run.requires_action", "done");
        }
        try (EventReader events =
                api.stream(
                        "POST",
                        "/v1/threads/" + thread + "/runs/" + run + "/submit_tool_outputs",
                        """
                        {"stream":true,"tool_outputs":[{"tool_call_id":"%s","output":"sunny"}]}"""
                                .formatted(TestWorker.callIds(waiting.run()).getFirst()))) {
            List<Event> first = events.next(2);
            assertThat(first)
                    .extracting(Event::name)
                    .containsExactly("thread.run.step.completed", "thread.run.queued");
            assertThat(first.getFirst().data())
                    .contains("\"output\":\"sunny\"", "\"total_tokens\":661")
                    .doesNotContain("\"expires_at\":null");
            // A late event of the first turn must not end the second.
            worker.writesStatus(waiting);
            RunRow again = worker.claims(run);
            worker.writesStatus(again);
            RunRow done = worker.completes(again, "Sunny.");
            worker.writesStatus(done);
            assertThat(events.namesToTheEnd())
                    .containsExactly("thread.run.in_progress", "thread.run.completed", "done");
        }
    }

    @Test
    void aStreamEndsWithoutItsWorkerWhenTheRunDoes() {
        String thread = api.thread();
        try (EventReader events = streamed(thread)) {
            String run = idIn(events.next(2).getFirst());
            api.post("/v1/threads/" + thread + "/runs/" + run + "/cancel", null);
            runs.apply(
                            key(thread, run),
                            found -> new RunEvent.Stopped(dev.threadwell.run.Usage.NONE))
                    .await()
                    .atMost(PATIENCE);
            assertThat(events.namesToTheEnd()).containsExactly("thread.run.cancelled", "done");
        }
    }

    @Test
    void aStreamEndsWithItsThread() {
        String thread = api.thread();
        try (EventReader events = streamed(thread)) {
            events.next(2);
            assertThat(api.delete("/v1/threads/" + thread).status()).isEqualTo(200);
            assertThat(events.namesToTheEnd()).containsExactly("thread.run.cancelled", "done");
        }
    }

    @Test
    void aRunGoesOnWithoutItsClient() {
        String thread = api.thread();
        String run;
        try (EventReader events = streamed(thread)) {
            run = idIn(events.next(2).getFirst());
        }
        RunRow row = worker.claims(run);
        worker.writesStatus(row);
        worker.writesStatus(worker.completes(row, "Alone."));
        assertThat(api.get("/v1/threads/" + thread + "/runs/" + run).json().path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws IOException {
        String thread = api.thread();
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4_096);
            client.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            String body = "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}";
            String request =
                    "POST /v1/threads/%s/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                    .formatted(thread, Api.KEY)
                            + "OpenAI-Beta: assistants=v2\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(body.length(), body);
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            RunRow row = worker.claims(runOn(thread));
            for (int i = 0; i < 64; i++) {
                worker.writes(row, "thread.message.delta", "x".repeat(256 << 10));
            }
            worker.writesStatus(worker.completes(row, "done"));
            await("the client is cut off")
                    .atMost(PATIENCE)
                    .until(() -> !audience.listensTo(row.run().id()));
            client.setSoTimeout(60_000);
            assertThat(new String(readToTheEnd(client), StandardCharsets.UTF_8))
                    .contains("event: thread.run.created")
                    .doesNotContain("[DONE]");
        }
    }

    private String runOn(String thread) {
        while (true) {
            var data = api.get("/v1/threads/" + thread + "/runs").json().path("data");
            if (!data.isEmpty()) {
                return data.get(0).path("id").asText();
            }
        }
    }

    private static byte[] readToTheEnd(Socket client) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            client.getInputStream().transferTo(read);
        } catch (SocketException e) {
            // Cut off with data on the way: reset instead of closed.
            assertThat(read.size()).isPositive();
        }
        return read.toByteArray();
    }

    @Test
    void aProjectMayWantTheIdsOfEventsInAllItsStreams() {
        api.post("/v1/threadwell/project", "{\"event_ids\":true}").id();
        try (EventReader events = streamed(api.thread())) {
            RunRow row = worker.claims(idIn(events.next(2).getFirst()));
            worker.writesStatus(row);
            assertThat(events.next().id()).matches(row.stream() + "-[0-9]+");
            worker.writesStatus(worker.completes(row, "done"));
        } finally {
            api.post("/v1/threadwell/project", "{\"event_ids\":null}");
        }
    }

    @Test
    void anErrorBeforeTheFirstEventIsAnOrdinaryOne() {
        api.post(
                        "/v1/threads/thread_1/runs",
                        "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}")
                .isError(404, "No thread found with id 'thread_1'.", null, null);
    }
}
