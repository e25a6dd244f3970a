package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.EventReader.Event;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.StreamView;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream of which events were lost is whole all the same, or is seen to break. */
@QuarkusTest
class InterruptedStreamTest {

    private static final String WORDS = "High tide is at four.";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;
    private String thread;
    private String run;
    private RunRow row;
    private Message message;
    private RunStep step;
    private int written;

    @BeforeEach
    void open() {
        api = Api.at(base);
        thread = api.thread();
    }

    private EventReader streamed() {
        EventReader events =
                api.stream(
                        "POST",
                        "/v1/threads/" + thread + "/runs",
                        "{\"stream\":true,\"assistant_id\":\"" + api.assistant() + "\"}");
        run = json(events.next(2).getFirst()).path("id").asText();
        row = worker.claims(run);
        message = TestWorker.said(row.run(), WORDS);
        step = TestWorker.written(row.run(), message);
        writes("thread.run.in_progress", StreamView.of(row.run()));
        return events;
    }

    private static JsonNode json(Event event) {
        return Json.read(event.data(), JsonNode.class);
    }

    private void writes(String name, Object data) {
        worker.writesNumbered(row, row.epoch(), written++, name, data);
    }

    private void beginsItsMessage() {
        writes("thread.run.step.created", step);
        writes("thread.run.step.in_progress", step);
        writes("thread.message.created", message);
        writes("thread.message.in_progress", message);
    }

    private Object delta(String words) {
        return Map.of(
                "id",
                message.id(),
                "object",
                "thread.message.delta",
                "delta",
                Map.of(
                        "content",
                        List.of(
                                Map.of(
                                        "index",
                                        0,
                                        "type",
                                        "text",
                                        "text",
                                        Map.of("value", words)))));
    }

    private static String words(List<Event> events) {
        return events.stream()
                .filter(e -> e.name().equals("thread.message.delta"))
                .map(e -> json(e).at("/delta/content/0/text/value").asText())
                .collect(Collectors.joining());
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    private List<Event> takenUp(String query) {
        try (EventReader events =
                api.stream(
                        "GET",
                        "/v1/threads/" + thread + "/runs/" + run + "/events" + query,
                        null)) {
            return events.rest();
        }
    }

    @Test
    void theEndOfAStreamThatWasLostIsShownAsItIsStored() {
        List<Event> all = new ArrayList<>();
        try (EventReader events = streamed()) {
            beginsItsMessage();
            writes("thread.message.delta", delta("High tide"));
            all.addAll(events.next(6));
            worker.completes(row, message, step);
            all.addAll(events.rest());
        }
        assertThat(names(all))
                .containsExactly(
                        "thread.run.in_progress",
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.message.created",
                        "thread.message.in_progress",
                        "thread.message.delta",
                        "thread.message.delta",
                        "thread.message.completed",
                        "thread.run.step.completed",
                        "thread.run.completed",
                        "done");
        assertThat(words(all)).isEqualTo(WORDS);
        List<Event> again = takenUp("");
        assertThat(words(again)).isEqualTo(WORDS);
        assertThat(again.getLast().name()).isEqualTo("done");
        List<Event> rest = takenUp("?starting_after=8");
        assertThat(words(rest)).isEqualTo(" is at four.");
        assertThat(rest).hasSize(5);
    }

    @Test
    void aMessageThatWasLostAsAWholeIsShownAsItIsStored() {
        List<Event> all;
        try (EventReader events = streamed()) {
            worker.completes(row, message, step);
            all = events.rest();
        }
        assertThat(words(all)).isEqualTo(WORDS);
        assertThat(names(all).subList(1, 5))
                .containsExactly(
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.message.created",
                        "thread.message.in_progress");
        assertThat(json(all.get(1)).path("status").asText()).isEqualTo("in_progress");
        assertThat(json(all.get(3)).path("content")).isEmpty();
    }

    @Test
    void behindAHoleNothingIsShownUntilTheRunIsAtRest() {
        try (EventReader events = streamed()) {
            beginsItsMessage();
            writes("thread.message.delta", delta("High"));
            events.next(6);
            // The rest of this turn was lost, and another worker goes on.
            worker.writesNumbered(row, row.epoch() + 1, 0, "thread.message.delta", delta(" four."));
            worker.writesNumbered(row, row.epoch() + 1, 1, "thread.run.completed", Map.of());
            worker.completes(row, message, step);
            List<Event> rest = events.rest();
            assertThat(words(rest)).isEqualTo(" tide is at four.");
            assertThat(names(rest))
                    .containsExactly(
                            "thread.message.delta",
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.completed",
                            "done");
        }
        assertThat(words(takenUp(""))).isEqualTo(WORDS);
    }

    @Test
    void eventsThatComeAgainOrAheadOfTheirTurnAreShownOnceAndInOrder() {
        try (EventReader events = streamed()) {
            beginsItsMessage();
            int next = written;
            worker.writesNumbered(row, row.epoch(), next + 1, "thread.message.delta", delta("2"));
            worker.writesNumbered(row, row.epoch(), next, "thread.message.delta", delta("1"));
            worker.writesNumbered(row, row.epoch(), next, "thread.message.delta", delta("1"));
            worker.writesNumbered(row, row.epoch(), next + 1, "thread.message.delta", delta("2"));
            worker.writesNumbered(row, row.epoch(), next + 2, StreamEvent.FENCE, Map.of());
            worker.writesNumbered(row, row.epoch() + 1, 0, "thread.run.failed", Map.of());
            List<Event> all = events.rest();
            assertThat(words(all)).isEqualTo("12");
            assertThat(names(all).subList(7, 9)).containsExactly("thread.run.failed", "done");
        }
    }

    @Test
    void aStreamThatDoesNotFitToWhatIsStoredBreaksOffWithoutAnEnd() {
        try (EventReader events = streamed()) {
            beginsItsMessage();
            writes("thread.message.delta", delta("Low tide"));
            events.next(6);
            worker.completes(row, message, step);
            assertThat(events.restUntilItBreaks()).isEmpty();
        }
    }
}
