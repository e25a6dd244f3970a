package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.EventReader.Event;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that are taken up again, with a test in the worker's place. */
@QuarkusTest
class StreamResumptionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

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

    @Test
    void aBrokenStreamIsTakenUpBehindTheLastEvent() {
        String thread = api.thread();
        String run;
        String last;
        RunRow row;
        try (EventReader events =
                api.with("Threadwell-Event-Ids", "true").stream(
                        "POST",
                        "/v1/threads/" + thread + "/runs",
                        "{\"stream\":true,\"assistant_id\":\"" + assistant + "\"}")) {
            run = idIn(events.next(2).getFirst());
            row = worker.claims(run);
            worker.writesStatus(row);
            worker.writes(row, row.epoch(), "thread.message.delta", delta("1"));
            worker.writes(row, row.epoch(), "thread.message.delta", delta("2"));
            last = events.next(2).getLast().id();
        }
        worker.writes(row, row.epoch(), "thread.message.delta", delta("3"));
        try (EventReader events =
                api.with("Last-Event-ID", last).stream(
                        "GET", "/v1/threads/" + thread + "/runs/" + run + "/events", null)) {
            assertThat(events.next(2))
                    .extracting(Event::data)
                    .containsExactly(delta("2"), delta("3"));
            worker.writes(row, row.epoch(), "thread.message.delta", delta("4"));
            worker.writesStatus(worker.completes(row, "1234"));
            List<Event> rest = events.rest();
            assertThat(rest.getFirst().data()).isEqualTo(delta("4"));
            assertThat(rest)
                    .extracting(Event::name)
                    .containsExactly("thread.message.delta", "thread.run.completed", "done");
        }
    }

    @Test
    void aStreamThatIsTakenUpLeavesNothingOutAndDoublesNothing() throws InterruptedException {
        String thread = api.thread();
        String run;
        try (EventReader events = streamed(thread)) {
            run = idIn(events.next(2).getFirst());
        }
        RunRow row = worker.claims(run);
        worker.writesStatus(row);
        Thread writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 0; i < 300; i++) {
                                        worker.writes(
                                                row,
                                                row.epoch(),
                                                "thread.message.delta",
                                                delta("" + i));
                                    }
                                    worker.writesStatus(worker.completes(row, "all"));
                                });
        List<String> expected = IntStream.range(0, 300).mapToObj(i -> delta("" + i)).toList();
        for (int reader = 0; reader < 4; reader++) {
            try (EventReader events =
                    api.stream("GET", "/v1/threads/" + thread + "/runs/" + run + "/events", null)) {
                List<Event> all = events.rest();
                assertThat(all)
                        .filteredOn(e -> e.name().equals("thread.message.delta"))
                        .extracting(Event::data)
                        .isEqualTo(expected);
                assertThat(all.subList(0, 3))
                        .extracting(Event::name)
                        .containsExactly(
                                "thread.run.created",
                                "thread.run.queued",
                                "thread.run.in_progress");
                assertThat(all.getLast().name()).isEqualTo("done");
            }
        }
        assertThat(writer.join(PATIENCE)).isTrue();
    }

    @Test
    void aRunThatIsNotStreamedShowsItsStates() {
        String thread = api.thread();
        String run = api.run(thread, assistant).id();
        try (EventReader events =
                api.stream("GET", "/v1/threads/" + thread + "/runs/" + run + "/events", null)) {
            assertThat(events.next().name()).isEqualTo("thread.run.queued");
            worker.completes(worker.claims(run), "done");
            assertThat(events.namesToTheEnd())
                    .containsExactly("thread.run.in_progress", "thread.run.completed", "done");
        }
        try (EventReader events =
                api.stream("GET", "/v1/threads/" + thread + "/runs/" + run + "/events", null)) {
            assertThat(events.namesToTheEnd()).containsExactly("thread.run.completed", "done");
        }
    }

    @Test
    void aLastEventIdIsChecked() {
        String thread = api.thread();
        String run = api.run(thread, assistant).id();
        api.with("Last-Event-ID", "9999-1")
                .get("/v1/threads/" + thread + "/runs/" + run + "/events")
                .isError(
                        400,
                        "Invalid 'Last-Event-ID': '9999-1'. Expected the ID of an event.",
                        "Last-Event-ID",
                        "invalid_value");
    }

    @Test
    void whereAStreamStartsIsANumberOfEventsThatThereAre() {
        String thread = api.thread();
        String run;
        try (EventReader events = streamed(thread)) {
            run = idIn(events.next(2).getFirst());
            RunRow row = worker.claims(run);
            worker.writesStatus(row);
            worker.writesStatus(worker.completes(row));
            events.rest();
        }
        String path = "/v1/threads/" + thread + "/runs/" + run + "/events?starting_after=";
        api.get(path + "x")
                .isError(
                        400,
                        "Invalid type for 'starting_after': expected an integer, but got a string"
                                + " instead.",
                        "starting_after",
                        "invalid_type");
        api.get(path + "-1")
                .isError(
                        400,
                        "Invalid 'starting_after': integer below minimum value. Expected a value >="
                                + " 0, but got -1 instead.",
                        "starting_after",
                        "integer_below_min_value");
        api.get(path + "5")
                .isError(
                        400,
                        "Invalid 'starting_after': integer above maximum value. Expected a value <="
                                + " 4, but got 5 instead.",
                        "starting_after",
                        "integer_above_max_value");
        assertThat(api.get(path + "4").body()).isEqualTo("event: done\ndata: [DONE]\n\n");
        assertThat(api.get(path + "3").body()).startsWith("event: thread.run.completed\nid: ");
    }
}
