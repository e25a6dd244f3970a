package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class VectorStoreFlowTest {

    private static final String TIDES = "Low water is at noon; the ferry waits for the tide.";
    private static final String FOOD = "Filip likes cake, Effie likes pizza.";

    private final Installation installation;
    private final Client client;

    VectorStoreFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @Test
    void aFileIsReadAndASearchFindsItsText() {
        ClientStore store =
                client.store("tides.txt", TIDES, "food.md", FOOD, "scan.pdf", "%PDF-1.7")
                        .becomes("completed")
                        .counts(2, 1);

        JsonNode best = store.finds("When does the ferry leave?").getFirst();
        assertThat(best.path("filename").asText()).isEqualTo("tides.txt");
        assertThat(best.at("/content/0/text").asText()).isEqualTo(TIDES);
        assertThat(best.path("score").asDouble()).isBetween(0.1, 1.0);
        assertThat(store.text(store.files().get(1))).isEqualTo(FOOD);
        assertThat(store.file(store.files().get(1)).path("usage_bytes").asLong())
                .isEqualTo(FOOD.length() + 1_024);
        assertThat(store.file(store.files().get(2)).at("/last_error/code").asText())
                .isEqualTo("invalid_file");
    }

    private static final String BOOK =
            "The keeper wrote down wind, weather and each passing ship. ".repeat(100_000)
                    + "A whale was seen.";

    /** Part of it has been read, and part has not. */
    private ClientStore readsABook() {
        ClientStore store = client.store("log.txt", BOOK);
        String file = store.files().getFirst();
        Eventually.isTrue(
                "some of it has been read",
                () ->
                        installation
                                        .database()
                                        .count(
                                                "select count(*) from vector_store_chunks where file_id = ?",
                                                file)
                                > 0);
        return store;
    }

    private static void hasReadTheBook(ClientStore store) {
        store.becomes("completed").counts(1, 0);
        assertThat(store.text(store.files().getFirst())).isEqualTo(BOOK);
        assertThat(store.finds("whale")).isNotEmpty();
    }

    @Test
    void aFileWhoseReaderIsKilledIsReadByTheNext() {
        ClientStore store = readsABook();

        installation.toolWorker(0).dies();

        assertThat(store.file(store.files().getFirst()).path("status").asText())
                .isEqualTo("in_progress");
        installation.heals();
        hasReadTheBook(store);
    }

    @Test
    void aFileWhoseReaderIsStoppedIsReadByItOrTheNext() {
        ClientStore store = readsABook();

        installation.toolWorker(0).stops();
        installation.heals();

        hasReadTheBook(store);
    }

    @Test
    void aWorkerThatIsKilledAmongTwoHundredFilesLosesNoneOfThem() {
        ClientStore store = client.store();
        List<String> files =
                IntStream.range(0, 200)
                        .mapToObj(
                                i ->
                                        client.http()
                                                .upload(
                                                        "log_%d.txt".formatted(i),
                                                        "On day %d buoy%d was seen. "
                                                                        .formatted(i, i)
                                                                + TIDES.repeat(400))
                                                .ok()
                                                .path("id")
                                                .asText())
                        .toList();
        store.http().post(store.path() + "/file_batches", Map.of("file_ids", files)).ok();
        Eventually.isTrue(
                "some of them have been read",
                () -> store.http().get(store.path()).ok().at("/file_counts/completed").asInt() > 5);

        installation.toolWorker(0).dies();
        List<JsonNode> foundMeanwhile = store.finds("buoy0");
        installation.heals();

        assertThat(foundMeanwhile).isNotEmpty();
        store.becomes("completed").counts(200, 0);
        for (int i = 0; i < 200; i += 50) {
            assertThat(store.finds("buoy" + i).getFirst().path("filename").asText())
                    .isEqualTo("log_%d.txt".formatted(i));
        }
    }

    @Test
    void eachNodeFindsWhatWasTakenInAndNothingThatWasTakenOut() {
        ClientStore store = client.store("tides.txt", TIDES, "food.md", FOOD).becomes("completed");
        assertThat(store.finds("ferry").getFirst().path("filename").asText())
                .isEqualTo("tides.txt");

        store.http().delete(store.path() + "/files/" + store.files().getFirst()).ok();

        for (int node = 0; node < 2; node++) {
            ClientStore there = new ClientStore(installation.node(node), store.id(), List.of());
            assertThat(there.finds("ferry"))
                    .extracting(found -> found.path("filename").asText())
                    .containsExactly("food.md");
        }
    }

    @Test
    void aFactThatIsDeliveredAgainChangesNothing() {
        ClientStore store = client.store("tides.txt", TIDES).becomes("completed");
        List<List<String>> before = rows(store);

        Topic topic = installation.topic("file.added");
        topic.receivesEverywhere(store.id(), Topic.text(topic.records(store.id()).getFirst()));
        topic.isHandledBy("tool-worker-files");

        assertThat(rows(store)).isEqualTo(before);
        store.counts(1, 0);
    }

    private List<List<String>> rows(ClientStore store) {
        return List.of(
                installation
                        .database()
                        .column(
                                "select vector_store_chunks::text from vector_store_chunks where vector_store_id = ? order by n",
                                store.id()),
                installation
                        .database()
                        .column(
                                "select vector_store_files::text from vector_store_files where vector_store_id = ?",
                                store.id()));
    }

    @Test
    void filesThatAreReadAtOnceAreAllCounted() {
        ClientStore store = client.store();
        List<String> files =
                Collections.nCopies(60, "x").stream()
                        .map(x -> client.http().upload("tides.txt", TIDES).ok().path("id").asText())
                        .toList();

        String batch =
                store.http()
                        .post(store.path() + "/file_batches", Map.of("file_ids", files))
                        .ok()
                        .path("id")
                        .asText();

        store.becomes("completed").counts(60, 0);
        assertThat(
                        store.http()
                                .get(store.path() + "/file_batches/" + batch)
                                .ok()
                                .at("/file_counts/completed")
                                .asInt())
                .isEqualTo(60);
    }
}
