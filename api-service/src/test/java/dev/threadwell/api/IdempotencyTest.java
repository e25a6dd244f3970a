package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.api.EventReader.Event;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.persistence.project.IdempotencyKeys;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What comes several times under one Idempotency-Key is done once. */
@QuarkusTest
class IdempotencyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HELLO = "{\"role\":\"user\",\"content\":\"Hello\"}";

    @TestHTTPResource("/")
    URI base;

    @Inject Pool pool;
    @Inject TestWorker worker;
    @Inject ApiKeyStore keys;
    @Inject IdempotencyKeys idempotencyKeys;

    private Api api;
    private String key;
    private Api keyed;

    @BeforeEach
    void open() {
        api = Api.at(base);
        key = UUID.randomUUID().toString();
        keyed = api.with("Idempotency-Key", key);
    }

    /** The process died when it had done its work and before it could answer. */
    private void diesBeforeItsAnswer() {
        diesBeforeItsAnswer("-infinity");
    }

    private void diesBeforeItsAnswer(String lease) {
        assertThat(
                        execute(
                                "update idempotency_keys set status = null, body = null,"
                                        + " lease_until = '"
                                        + lease
                                        + "' where key = $1",
                                key))
                .isEqualTo(1);
    }

    private int execute(String sql, String parameter) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(PATIENCE)
                .rowCount();
    }

    private int messages(String thread) {
        return api.get("/v1/threads/" + thread + "/messages").json().path("data").size();
    }

    private static void isRepeated(Api.Answer first, Api.Answer again) {
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.header("content-type")).isEqualTo(first.header("content-type"));
        assertThat(first.header("idempotency-replayed")).isEmpty();
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    }

    @Test
    void aRepeatIsAnsweredByteForByteAndDoesNothing() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/messages";
        isRepeated(keyed.post(path, HELLO), keyed.post(path, HELLO));
        assertThat(messages(thread)).isEqualTo(2);
    }

    @Test
    void withoutTheHeaderEveryRequestIsItsOwn() {
        assertThat(api.assistant()).isNotEqualTo(api.assistant());
    }

    @Test
    void aRefusalIsRepeatedToo() {
        Api.Answer refused = keyed.post("/v1/assistants", "{}");
        assertThat(refused.status()).isEqualTo(400);
        isRepeated(refused, keyed.post("/v1/assistants", "{}"));
    }

    @TestFactory
    Stream<DynamicTest> aKeyIsForOneRequest() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/messages";
        keyed.post(path, HELLO);
        return Stream.of(
                        path + " {\"role\":\"user\",\"content\":\"Bye\"}",
                        path + "?x=1 " + HELLO,
                        "/v1/threads {}")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        request,
                                        () ->
                                                keyed.post(
                                                                request.split(" ", 2)[0],
                                                                request.split(" ", 2)[1])
                                                        .isError(
                                                                400,
                                                                "This Idempotency-Key was used for"
                                                                        + " another request before. It"
                                                                        + " can only be used again for"
                                                                        + " the same method, path,"
                                                                        + " query and body.",
                                                                null,
                                                                "idempotency_key_reused")));
    }

    @Test
    void aKeyIsAProjectsOwn() {
        keys.ensure("proj_other", Api.OTHER_KEY).await().atMost(PATIENCE);
        String mine = keyed.post("/v1/threads", "{}").id();
        String theirs =
                keyed.with("Authorization", "Bearer " + Api.OTHER_KEY)
                        .post("/v1/threads", "{}")
                        .id();
        assertThat(theirs).isNotEqualTo(mine);
    }

    @Test
    void aKeyHasALength() {
        api.with("Idempotency-Key", "k".repeat(256))
                .post("/v1/threads", "{}")
                .isError(
                        400,
                        "Invalid 'Idempotency-Key': string too long. Expected a string with maximum"
                                + " length 255, but got a string with length 256 instead.",
                        "Idempotency-Key",
                        "string_above_max_length");
    }

    @Test
    void whileTheFirstIsUnderWayARepeatIsRefused() {
        keyed.post("/v1/threads", "{}");
        diesBeforeItsAnswer("infinity");
        keyed.post("/v1/threads", "{}")
                .isError(
                        409,
                        "Another request with this Idempotency-Key is still in progress. Please"
                                + " wait for it to finish and try again.",
                        null,
                        "idempotency_key_in_use");
    }

    @Test
    void ofTwentyAtOnceOneIsCarriedOut() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/messages";
        List<CompletableFuture<Api.Answer>> all =
                IntStream.range(0, 20).mapToObj(i -> keyed.sendAsync("POST", path, HELLO)).toList();
        List<Api.Answer> answers = all.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Api.Answer::status).isSubsetOf(200, 409);
        assertThat(answers)
                .filteredOn(a -> a.status() == 200)
                .extracting(Api.Answer::id)
                .isNotEmpty()
                .containsOnly(keyed.post(path, HELLO).id());
        assertThat(messages(thread)).isEqualTo(2);
    }

    @TestFactory
    Stream<DynamicTest> whatWasMadeBeforeADeathIsFoundAgain() {
        String assistant = api.assistant();
        String store = api.post("/v1/vector_stores", "{}").id();
        String file = file(api).id();
        String run = "{\"assistant_id\":\"" + assistant + "\"}";
        return Stream.of(
                        "/v1/assistants {\"model\":\"gpt-4o\"}",
                        "/v1/threads {}",
                        "/v1/threads/" + api.thread() + "/messages " + HELLO,
                        "/v1/threads/" + api.thread() + "/runs " + run,
                        "/v1/threads/runs {\"assistant_id\":\"%s\",\"thread\":{\"messages\":[%s]}}"
                                .formatted(assistant, HELLO),
                        "/v1/vector_stores {}",
                        "/v1/vector_stores/"
                                + store
                                + "/file_batches {\"file_ids\":[\""
                                + file
                                + "\"]}")
                .map(
                        request ->
                                DynamicTest.dynamicTest(
                                        request,
                                        () -> {
                                            open();
                                            String path = request.split(" ", 2)[0];
                                            String body = request.split(" ", 2)[1];
                                            String made = keyed.post(path, body).id();
                                            diesBeforeItsAnswer();
                                            Api.Answer again = keyed.post(path, body);
                                            assertThat(again.id()).isEqualTo(made);
                                            assertThat(again.header("idempotency-replayed"))
                                                    .isEqualTo("true");
                                            assertThat(keyed.post(path, body).body())
                                                    .isEqualTo(again.body());
                                        }));
    }

    @Test
    void whatWasNotMadeBeforeADeathIsMadeThen() {
        String preassigned = keyed.post("/v1/threads", "{}").id();
        assertThat(execute("delete from threads where id = $1", preassigned)).isEqualTo(1);
        diesBeforeItsAnswer();
        assertThat(keyed.post("/v1/threads", "{}").id()).isEqualTo(preassigned);
        assertThat(api.get("/v1/threads/" + preassigned).status()).isEqualTo(200);
    }

    @Test
    void aLateTryMakesNoSecondObject() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/messages";
        String made = keyed.post(path, HELLO).id();
        diesBeforeItsAnswer();
        // Both see that nothing is there and make it then, under the same id.
        execute("update messages set project_id = 'hidden' where id = $1", made);
        Api.Answer late = keyed.post(path, HELLO);
        assertThat(late.status()).isEqualTo(500);
        execute("update messages set project_id = 'proj_default' where id = $1", made);
        assertThat(keyed.post(path, HELLO).id()).isEqualTo(made);
        assertThat(messages(thread)).isEqualTo(2);
    }

    @Test
    void aRunIsCancelledOnceAndTheAnswerIsKept() {
        String thread = api.thread();
        String path = "/v1/threads/" + thread + "/runs/";
        String run = api.run(thread, api.assistant()).id();
        isRepeated(
                keyed.send("POST", path + run + "/cancel", null),
                keyed.send("POST", path + run + "/cancel", null));
    }

    @Test
    void aRepeatedStreamIsToldFromItsBeginning() {
        String path = "/v1/threads/" + api.thread() + "/runs";
        String body = "{\"stream\":true,\"assistant_id\":\"" + api.assistant() + "\"}";
        String run;
        try (EventReader events = keyed.stream("POST", path, body)) {
            run = idIn(events.next(2).getFirst());
            RunRow row = worker.claims(run);
            worker.writesStatus(row);
            worker.writes(row, "thread.message.delta", Map.of("text", "one"));
            worker.writesStatus(worker.completes(row, "one"));
            assertThat(events.rest()).extracting(Event::name).contains("thread.run.completed");
        }
        for (int i = 0; i < 2; i++) {
            try (EventReader again = keyed.stream("POST", path, body)) {
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.header("idempotency-replayed")).isEqualTo("true");
                List<Event> all = again.rest();
                assertThat(all)
                        .extracting(Event::name)
                        .containsExactly(
                                "thread.run.created",
                                "thread.run.queued",
                                "thread.run.in_progress",
                                "thread.message.delta",
                                "thread.run.completed",
                                "done");
                assertThat(idIn(all.getFirst())).isEqualTo(run);
            }
            diesBeforeItsAnswer();
        }
    }

    private static String idIn(Event event) {
        return Json.read(event.data(), Map.class).get("id").toString();
    }

    private static Api.Answer file(Api api) {
        return api.form("/v1/files", Multipart.of("assistants", "a.txt", "Ships"));
    }

    @Test
    void aFileIsTakenInOnce() {
        Api.Answer first = file(keyed);
        isRepeated(first, file(keyed));
        diesBeforeItsAnswer();
        assertThat(file(keyed).id()).isEqualTo(first.id());
    }

    @Test
    void aLargeAnswerIsNotKeptButShownAgain() {
        String path = "/v1/threads/" + api.thread() + "/messages";
        String text = "{\"type\":\"text\",\"text\":\"" + "é".repeat(250_000) + "\"}";
        String body = "{\"role\":\"user\",\"content\":[" + text + "," + text + "," + text + "]}";
        Api.Answer first = keyed.post(path, body);
        isRepeated(first, keyed.post(path, body));
        assertThat(execute("select from idempotency_keys where key = $1 and body is null", key))
                .isEqualTo(1);
    }

    @Test
    void anUnknownUrlHoldsNoKey() {
        for (int i = 0; i < 2; i++) {
            keyed.post("/v1/foo", "{}").isError(404, "Invalid URL (POST /v1/foo)", null, null);
        }
    }

    @Test
    void aDayLaterTheKeyIsForgotten() {
        keyed.post("/v1/threads", "{}");
        execute(
                "update idempotency_keys set created_at = now() - interval '23 hours' where key ="
                        + " $1",
                key);
        idempotencyKeys.sweep(Duration.ofHours(24), 1_000).await().atMost(PATIENCE);
        assertThat(execute("select from idempotency_keys where key = $1", key)).isEqualTo(1);
        execute(
                "update idempotency_keys set created_at = now() - interval '25 hours' where key ="
                        + " $1",
                key);
        idempotencyKeys.sweep(Duration.ofHours(24), 1_000).await().atMost(PATIENCE);
        assertThat(execute("select from idempotency_keys where key = $1", key)).isZero();
    }
}
