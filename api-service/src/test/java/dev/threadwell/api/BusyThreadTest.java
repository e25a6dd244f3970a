package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.run.RunStatus;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a run on a busy thread when its request says so. */
@QuarkusTest
class BusyThreadTest {

    private static final String HEADER = "Threadwell-Busy-Thread";
    private static final String SAID_MORE =
            ",\"additional_messages\":[{\"role\":\"user\",\"content\":\"More\"}]";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;
    @Inject RunStore runs;

    private Api api;
    private Api enqueuing;
    private Api interrupting;
    private String assistant;
    private String thread;
    private String first;

    @BeforeEach
    void aThreadIsBusy() {
        api = Api.at(base);
        enqueuing = api.with(HEADER, "enqueue");
        interrupting = api.with(HEADER, "interrupt");
        assistant = api.assistant();
        thread = api.thread();
        first = api.run(thread, assistant).id();
    }

    private String path(String... parts) {
        return "/v1/threads/" + thread + String.join("", parts);
    }

    private String body(String more) {
        return "{\"assistant_id\":\"" + assistant + "\"" + more + "}";
    }

    private String status(String run) {
        return api.get(path("/runs/", run)).json().path("status").asText();
    }

    private void refusedBecauseOfTheFirst(Api.Answer answer) {
        answer.isError(
                400,
                "Thread %s already has an active run %s.".formatted(thread, first),
                null,
                null);
    }

    @Test
    void withoutAWordARunOnABusyThreadIsRefused() {
        refusedBecauseOfTheFirst(api.run(thread, assistant));
        refusedBecauseOfTheFirst(api.with(HEADER, "reject").run(thread, assistant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/threads/%s/runs", "/v1/threads/runs"})
    void aPolicyThatThereIsNotIsRefused(String path) {
        api.with(HEADER, "queue")
                .post(path.formatted(thread), body(""))
                .isError(
                        400,
                        "Invalid value: 'queue'. Supported values are: 'reject', 'enqueue', and 'interrupt'.",
                        HEADER,
                        "invalid_value");
    }

    @Test
    void aRunWithItsOwnThreadStartsWhateverThePolicy() {
        Api.Answer created =
                interrupting.post("/v1/threads/runs", body(",\"instructions\":\"Hi\""));
        worker.claims(created.id());
    }

    @Test
    void aRunThatWaitsLooksQueuedAndStartsWhenTheOneBeforeHasEnded() {
        Api.Answer second = enqueuing.run(thread, assistant);
        assertThat(second.json().path("status").asText()).isEqualTo("queued");
        assertThat(second.settled().replace("run_2", "run_1"))
                .isEqualTo(
                        api.get(path("/runs/", second.id())).settled().replace("run_2", "run_1"));
        assertThat(second.header("openai-poll-after-ms")).isEqualTo("500");
        worker.completes(worker.claims(first), "At 22:40.");
        assertThat(worker.claims(second.id()).run().status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void aStreamOfARunThatWaitsBeginsAtOnceAndGoesOnWhenItStarts() {
        try (EventReader events =
                enqueuing.stream("POST", path("/runs"), body(",\"stream\":true"))) {
            assertThat(events.next(2))
                    .extracting(EventReader.Event::name)
                    .containsExactly("thread.run.created", "thread.run.queued");
            String second = api.get(path("/runs?limit=1")).json().at("/data/0/id").asText();
            worker.completes(worker.claims(first), "At 22:40.");
            RunRow held = worker.claims(second);
            worker.writesStatus(held);
            worker.writesStatus(worker.completes(held, "At 23:10."));
            assertThat(events.namesToTheEnd())
                    .containsExactly("thread.run.in_progress", "thread.run.completed", "done");
        }
    }

    @Test
    void aRunThatWaitsIsCancelledAtOnceAndItsStreamEnds() {
        try (EventReader events =
                enqueuing.stream("POST", path("/runs"), body(",\"stream\":true"))) {
            events.next(2);
            String second = api.get(path("/runs?limit=1")).json().at("/data/0/id").asText();
            Api.Answer cancelled = api.post(path("/runs/", second, "/cancel"), "");
            assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
            assertThat(events.namesToTheEnd()).containsExactly("thread.run.cancelled", "done");
            api.post(path("/runs/", second, "/cancel"), "")
                    .isError(400, "Cannot cancel run with status 'cancelled'.", null, null);
        }
        assertThat(status(first)).isEqualTo("queued");
    }

    @Test
    void messagesOfARunThatWaitsAreThereWhenItStarts() {
        String second = enqueuing.post(path("/runs"), body(SAID_MORE)).id();
        assertThat(texts()).containsExactly("Hello");
        worker.completes(worker.claims(first), "At 22:40.");
        assertThat(texts()).containsExactly("Hello", "At 22:40.", "More");
        worker.claims(second);
    }

    private List<String> texts() {
        return api.get(path("/messages?order=asc"))
                .json()
                .path("data")
                .valueStream()
                .map(m -> m.at("/content/0/text/value").asText())
                .toList();
    }

    @Test
    void aThreadOnWhichRunsWaitTakesNoMessage() {
        enqueuing.run(thread, assistant).id();
        enqueuing.run(thread, assistant).id();
        api.post(path("/messages"), "{\"role\":\"user\",\"content\":\"Now?\"}")
                .isError(
                        400,
                        "Can't add messages to %s while a run %s is active."
                                .formatted(thread, first),
                        null,
                        null);
    }

    @Test
    void aWaitOfAPollHelperEndsWithTheRunThatWaited() {
        String second = enqueuing.run(thread, assistant).id();
        CompletableFuture<Api.Answer> polled =
                api.with("X-Stainless-Poll-Helper", "true")
                        .sendAsync("GET", path("/runs/", second), null);
        worker.completes(worker.claims(first), "At 22:40.");
        worker.completes(worker.claims(second), "At 23:10.");
        assertThat(polled.join().json().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aThreadIsDeletedWithTheRunsThatWait() {
        String second = enqueuing.run(thread, assistant).id();
        assertThat(api.delete(path()).status()).isEqualTo(200);
        assertThat(api.get(path("/runs/", second)).status()).isEqualTo(404);
    }

    @Test
    void anInterruptionCancelsWhatIsThereAndComesNext() {
        RunRow held = worker.claims(first);
        String second = enqueuing.run(thread, assistant).id();
        String third = interrupting.run(thread, assistant).id();
        assertThat(status(first)).isEqualTo("cancelling");
        assertThat(status(second)).isEqualTo("cancelled");
        assertThat(status(third)).isEqualTo("queued");
        worker.stops(runs.row(held.key()).await().indefinitely());
        worker.claims(third);
    }

    @Test
    void ofManyRunsAtOnceEachHasItsTurn() {
        List<CompletableFuture<Api.Answer>> wishes =
                IntStream.range(0, 40)
                        .mapToObj(i -> enqueuing.sendAsync("POST", path("/runs"), body("")))
                        .toList();
        assertThat(wishes).allSatisfy(w -> assertThat(w.join().status()).isEqualTo(200));
        List<String> inOrder =
                api.get(path("/runs?order=asc&limit=100"))
                        .json()
                        .path("data")
                        .valueStream()
                        .map(r -> r.path("id").asText())
                        .toList();
        assertThat(inOrder).hasSize(41).startsWith(first);
        for (String run : inOrder) {
            worker.completes(worker.claims(run), "At 22:40.");
        }
    }
}
