package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.EventReader.Event;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for a stream again is shown what the first answer showed, and nothing more. */
@QuarkusTest
class RepeatedStreamTest {

    private static final String TOOLS =
            """
            [{"type":"code_interpreter"},
             {"type":"function","function":{"name":"tides"},
              "threadwell":{"http":{"url":"https://tides.test/call","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}},
             {"type":"mcp","server_label":"harbour","server_url":"https://mcp.test/mcp","authorization":"tok-1"}]
            """;

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;
    private Api keyed;
    private String assistant;

    @BeforeEach
    void open() {
        api = Api.at(base);
        keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        assistant =
                api.post(
                                "/v1/assistants",
                                "{\"model\":\"m\",\"tools\":%s,\"metadata\":{\"a\":\"b\"}}"
                                        .formatted(TOOLS))
                        .id();
    }

    private static Map<?, ?> object(Event event) {
        return Json.read(event.data(), Map.class);
    }

    private static String runIn(List<Event> events) {
        return events.stream()
                .filter(e -> e.name().equals("thread.run.created"))
                .map(e -> object(e).get("id").toString())
                .findFirst()
                .orElseThrow();
    }

    /** The answer to a request whose run a worker completes, byte for byte. */
    private List<Event> answered(EventReader events, int first) {
        List<Event> all = new java.util.ArrayList<>(events.next(first));
        RunRow row = worker.claims(runIn(all));
        worker.writesStatus(row);
        worker.writes(row, "thread.message.delta", Map.of("text", "one"));
        worker.writesStatus(worker.completes(row, "one"));
        all.addAll(events.rest());
        return all;
    }

    private static List<Event> withoutIds(List<Event> events) {
        return events.stream().map(e -> new Event(e.name(), null, e.data())).toList();
    }

    private static void showsNoSecret(List<Event> events) {
        assertThat(events)
                .extracting(Event::data)
                .allSatisfy(
                        data ->
                                assertThat(data)
                                        .doesNotContain(
                                                "secret_id", "threadwell", "tides.test", "tok-1"));
    }

    private void isShownAgain(String path, String body, List<Event> first) {
        try (EventReader again = keyed.stream("POST", path, body)) {
            assertThat(again.rest()).isEqualTo(first);
        }
        String run = "/v1/threads/" + object(first.get(first.size() - 2)).get("thread_id");
        try (EventReader again =
                api.stream("GET", run + "/runs/" + runIn(first) + "/events", null)) {
            List<Event> all = withoutIds(again.rest());
            showsNoSecret(all);
            assertThat(all).isEqualTo(first);
        }
    }

    @Test
    void aStreamOfARunOnAThreadIsRepeatedByteForByte() {
        String path = "/v1/threads/" + api.thread() + "/runs";
        String body = "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}";
        List<Event> first;
        try (EventReader events = keyed.stream("POST", path, body)) {
            first = answered(events, 2);
        }
        showsNoSecret(first);
        isShownAgain(path, body, first);
    }

    @Test
    void aStreamOfARunWithItsThreadIsRepeatedByteForByte() {
        String file =
                api.form("/v1/files", Multipart.of("assistants", "tide.txt", "High at 4.")).id();
        String path = "/v1/threads/runs";
        String body =
                """
                {"stream":true,"assistant_id":"%s",
                 "tool_resources":{"code_interpreter":{"file_ids":["%s"]}},
                 "thread":{"messages":[{"role":"user","content":"Hello"}],"metadata":{"t":"1"},
                  "tool_resources":{"code_interpreter":{"file_ids":["%s"]}}}}"""
                        .formatted(assistant, file, file);
        List<Event> first;
        try (EventReader events = keyed.stream("POST", path, body)) {
            first = answered(events, 3);
        }
        assertThat(first.getFirst().name()).isEqualTo("thread.created");
        showsNoSecret(first);
        isShownAgain(path, body, first);
    }

    @Test
    void aStreamThatGoesOnAfterASubmissionIsShownAsOne() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/runs";
        List<Event> all = new java.util.ArrayList<>();
        String run;
        RunRow waiting;
        try (EventReader events =
                api.stream(
                        "POST", path, "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}")) {
            all.addAll(events.next(2));
            run = runIn(all);
            RunRow row = worker.claims(run);
            worker.writesStatus(row);
            waiting = worker.calls(row, "weather");
            worker.writesStatus(waiting);
            all.addAll(events.rest());
            all.removeLast();
        }
        try (EventReader events =
                api.stream(
                        "POST",
                        path + "/" + run + "/submit_tool_outputs",
                        """
                        {"stream":true,"tool_outputs":[{"tool_call_id":"%s","output":"sunny"}]}"""
                                .formatted(TestWorker.callIds(waiting.run()).getFirst()))) {
            all.addAll(events.next(2));
            RunRow again = worker.claims(run);
            worker.writesStatus(again);
            worker.writesStatus(worker.completes(again, "Sunny."));
            all.addAll(events.rest());
        }
        showsNoSecret(all);
        try (EventReader events = api.stream("GET", path + "/" + run + "/events", null)) {
            assertThat(withoutIds(events.rest())).isEqualTo(withoutIds(all));
        }
        for (int seen = 0; seen < all.size(); seen++) {
            try (EventReader events =
                    api.stream("GET", path + "/" + run + "/events?starting_after=" + seen, null)) {
                assertThat(withoutIds(events.rest()))
                        .as("behind %d events", seen)
                        .isEqualTo(withoutIds(all.subList(seen, all.size())));
            }
        }
    }
}
