package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.run.Ids;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects that come in with their ids. */
@QuarkusTest
class ImportTest extends Dumps {

    @Test
    void theSummarySaysWhatCameIn() {
        JsonNode summary = imported(thread(), message(1, "a"), message(2, "b"));
        assertThat(summary.toPrettyString())
                .isEqualTo(
                        """
                        {
                          "object" : "threadwell.import",
                          "imported" : {
                            "assistants" : 0,
                            "threads" : 1,
                            "messages" : 2,
                            "runs" : 0,
                            "run_steps" : 0
                          },
                          "already_there" : {
                            "assistants" : 0,
                            "threads" : 0,
                            "messages" : 0,
                            "runs" : 0,
                            "run_steps" : 0
                          },
                          "refused" : 0,
                          "problems" : [ ],
                          "changed" : 0,
                          "changes" : [ ]
                        }""");
    }

    @Test
    void anObjectIsShownAsItWas() {
        String id = Ids.message();
        imported(thread(), message(id, 1_700_000_000, "Grüße 🚢"));
        JsonNode shown = api.get("/v1/threads/" + thread).json();
        assertThat(shown.path("created_at").asLong()).isEqualTo(1_700_000_000);
        assertThat(shown.at("/metadata/k").asText()).isEqualTo("v");
        assertThat(shown.path("tool_resources").toString())
                .isEqualTo("{\"code_interpreter\":{\"file_ids\":[]}}");
        JsonNode message = api.get("/v1/threads/" + thread + "/messages/" + id).json();
        assertThat(message.at("/content/0/text/value").asText()).isEqualTo("Grüße 🚢");
        assertThat(message.path("status").asText()).isEqualTo("completed");
        assertThat(message.path("completed_at").asLong()).isEqualTo(1_700_000_000);
    }

    @Test
    void aListComesNewestFirst() {
        imported(
                thread(), list(message(5, "d"), message(3, "c"), message(3, "b"), message(1, "a")));
        assertThat(texts()).containsExactly("d", "c", "b", "a");
    }

    @Test
    void thePagesOfAListJoin() {
        imported(
                thread(),
                list(message(5, "f"), message(3, "e"), message(3, "d")),
                list(message(3, "c"), message(3, "b"), message(1, "a")));
        assertThat(texts()).containsExactly("f", "e", "d", "c", "b", "a");
    }

    @Test
    void aListInTheOtherOrderIsRecognisedByItsTimes() {
        imported(
                thread(), list(message(1, "a"), message(3, "b"), message(3, "c"), message(5, "d")));
        assertThat(texts()).containsExactly("d", "c", "b", "a");
    }

    @Test
    void objectsThatStandAloneComeOldestFirst() {
        imported(thread(), message(3, "a"), message(3, "b"));
        imported(message(3, "c"));
        assertThat(texts()).containsExactly("c", "b", "a");
    }

    @Test
    void assistantsOfSeveralPagesKeepTheirOrder() {
        String json = "{\"id\":\"%s\",\"object\":\"assistant\",\"created_at\":%d,\"model\":\"m\"}";
        List<String> ids = IntStream.range(0, 4).mapToObj(i -> Ids.assistant()).toList();
        String newer = api.assistant();
        imported(
                list(json.formatted(ids.get(0), 9), json.formatted(ids.get(1), 8)),
                list(json.formatted(ids.get(2), 8), json.formatted(ids.get(3), 2)));
        String newest = api.assistant();
        assertThat(
                        api.get("/v1/assistants")
                                .json()
                                .path("data")
                                .valueStream()
                                .map(a -> a.path("id").asText()))
                .containsExactly(newest, newer, ids.get(0), ids.get(1), ids.get(2), ids.get(3));
        assertThat(api.get("/v1/assistants?order=asc&limit=2").json().path("last_id").asText())
                .isEqualTo(ids.get(2));
    }

    @Test
    void whatIsWrittenHereFollowsWhatCameIn() {
        imported(thread(), message(4_000_000_000L, "theirs"));
        api.post("/v1/threads/" + thread + "/messages", "{\"role\":\"user\",\"content\":\"ours\"}");
        imported(message(3, "older"));
        assertThat(texts()).containsExactly("ours", "theirs", "older");
    }

    @Test
    void theSecondTimeChangesNothing() {
        String[] dump = {thread(), message(1, "a"), run("completed"), step(2)};
        imported(dump);
        api.post("/v1/threads/" + thread, "{\"metadata\":{\"k\":\"changed\"}}");
        String before = api.get("/v1/threads/" + thread).body();
        JsonNode again = imported(dump);
        assertThat(again.path("imported").toString())
                .isEqualTo(
                        "{\"assistants\":0,\"threads\":0,\"messages\":0,\"runs\":0,\"run_steps\":0}");
        assertThat(again.path("already_there").toString())
                .isEqualTo(
                        "{\"assistants\":0,\"threads\":1,\"messages\":1,\"runs\":1,\"run_steps\":1}");
        assertThat(api.get("/v1/threads/" + thread).body()).isEqualTo(before);
    }

    @Test
    void aModelIsRemindedOfWhatCameInInItsOrder() {
        String answer = line(MESSAGE.formatted(Ids.message(), 3, thread, "assistant", "answer"));
        imported(
                thread(),
                list(answer, message(1, "question")),
                list(run("completed")),
                list(step(3)));
        api.post("/v1/threads/" + thread + "/messages", "{\"role\":\"user\",\"content\":\"next\"}");
        List<String> said =
                conversation
                        .newest(thread, new ConversationStore.Reach(100, 1_000_000, true))
                        .await()
                        .indefinitely()
                        .entries()
                        .stream()
                        .map(
                                entry ->
                                        switch (entry) {
                                            case ConversationStore.Entry.Said s ->
                                                    s.message().role();
                                            case ConversationStore.Entry.Called _ -> "called";
                                        })
                        .toList();
        assertThat(said).containsExactly("user", "called", "assistant", "user");
    }

    @Test
    void aRunGoesOnWithAnAssistantThatCameIn() {
        imported(
                "{\"id\":\"%s\",\"object\":\"assistant\",\"created_at\":1,\"model\":\"m\"}\n"
                        .formatted(assistant),
                thread(),
                message(1, "a"));
        Api.Answer created = api.run(thread, assistant);
        worker.completes(worker.claims(created.id()), "b");
        assertThat(texts()).containsExactly("b", "a");
    }
}
