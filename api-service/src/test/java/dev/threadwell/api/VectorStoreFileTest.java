package dev.threadwell.api;

import static dev.threadwell.api.Stores.STORES;
import static dev.threadwell.api.Stores.ids;
import static dev.threadwell.api.Stores.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of vector stores: one by one, in batches, and found by their text. */
@QuarkusTest
class VectorStoreFileTest {

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestReader reader;

    private Api api;
    private Stores stores;
    private String project;

    @BeforeEach
    void open() {
        project = "proj_" + Long.toHexString(System.nanoTime());
        keys.ensure(project, "sk-" + project).await().indefinitely();
        api = Api.at(base).with("Authorization", "Bearer sk-" + project).without("OpenAI-Beta");
        stores = new Stores(api);
    }

    @Test
    void aFileIsShownAsTheOriginalShowsIt() {
        String store = stores.store();
        Api.Answer added = stores.add(store, stores.file("a.txt"));
        String path = STORES + "/" + store + "/files/" + added.id();

        assertThat(added.settled()).isEqualTo(Api.wire("vector_store_file.json"));
        Api.Answer polled = api.with("X-Stainless-Poll-Helper", "true").get(path);
        assertThat(polled.body()).isEqualTo(added.body());
        assertThat(polled.header("openai-poll-after-ms")).matches("[0-9]+");
        assertThat(stores.add(store, added.id()).body()).isEqualTo(added.body());

        reader.reads(project, store, added.id(), "text");
        Api.Answer read = api.get(path);
        assertThat(read.settled())
                .isEqualTo(
                        added.settled()
                                .replace("in_progress", "completed")
                                .replace("\"usage_bytes\": 0", "\"usage_bytes\": 1045"));
        assertThat(read.headers().firstValue("openai-poll-after-ms")).isEmpty();
        assertThat(api.delete(path).settled())
                .isEqualTo(Api.wire("vector_store_file_deleted.json"));
        api.delete(path)
                .isError(404, "No file found with id '%s'.".formatted(added.id()), null, null);
        assertThat(stores.counts(store).path("total").asInt()).isZero();
    }

    @Test
    void aFileThatCannotBeReadSaysWhy() {
        String file = stores.file("a.txt");
        String store = stores.store(file);
        reader.cannotRead(project, store, file);

        assertThat(
                        api.get(STORES + "/" + store + "/files/" + file)
                                .json()
                                .path("last_error")
                                .toString())
                .isEqualTo("{\"code\":\"invalid_file\",\"message\":\"no text\"}");
        assertThat(stores.counts(store).path("failed").asInt()).isOne();
    }

    @Test
    void aFileCanBeTakenOutWhenItWasDeletedBefore() {
        String file = stores.file("a.txt");
        String store = stores.store(file);
        assertThat(api.delete("/v1/files/" + file).status()).isEqualTo(200);

        assertThat(api.delete(STORES + "/" + store + "/files/" + file).settled())
                .isEqualTo(Api.wire("vector_store_file_deleted.json"));
    }

    @Test
    void filesAreListedByTheirStatusAndPageByPage() {
        String[] files = {stores.file("a.txt"), stores.file("b.txt"), stores.file("c.txt")};
        String store = stores.store(files);
        reader.reads(project, store, files[1], "text");
        String path = STORES + "/" + store + "/files";

        assertThat(ids(api.get(path))).containsExactly(files[2], files[1], files[0]);
        assertThat(ids(api.get(path + "?filter=completed"))).containsExactly(files[1]);
        assertThat(ids(api.get(path + "?filter=in_progress&order=asc")))
                .containsExactly(files[0], files[2]);
        assertThat(ids(api.get(path + "?limit=1&after=" + files[2]))).containsExactly(files[1]);
        assertThat(ids(api.get(path + "?filter=in_progress&order=asc&after=" + files[1])))
                .as("a file that the filter leaves out by now is a cursor still")
                .containsExactly(files[2]);
        api.get(path + "?filter=done")
                .isError(
                        400,
                        "Invalid value: 'done'. Supported values are: 'in_progress', 'completed',"
                                + " 'failed', and 'cancelled'.",
                        "filter",
                        "invalid_value");
    }

    @Test
    void attributesAreKeptInTheirOrderAndCanBeChanged() {
        String file = stores.file("a.txt");
        String store = stores.store();
        String path = STORES + "/" + store + "/files";
        Api.Answer added =
                api.post(
                        path,
                        """
                        {"file_id":"%s","attributes":{"zebra":1.50,"a":true,"b":"x"},
                         "chunking_strategy":{"type":"static",
                           "static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":50}}}"""
                                .formatted(file));
        assertThat(added.json().path("attributes").toString())
                .isEqualTo("{\"zebra\":1.50,\"a\":true,\"b\":\"x\"}");
        assertThat(added.json().at("/chunking_strategy/static/max_chunk_size_tokens").asInt())
                .isEqualTo(100);

        JsonNode changed = api.post(path + "/" + file, "{\"attributes\":{\"n\":2}}").json();
        assertThat(changed.path("attributes").toString()).isEqualTo("{\"n\":2}");
        assertThat(api.get(path + "/" + file).json()).isEqualTo(changed);
        assertThat(api.post(path + "/" + file, "{\"attributes\":null}").json().path("attributes"))
                .isEmpty();
    }

    @Test
    void aBatchIsShownAsItWasReallySent() {
        String store = stores.store();
        String[] files = {stores.file("a.txt"), stores.file("b.txt")};
        String path = STORES + "/" + store + "/file_batches";
        Api.Answer made = api.post(path, "{\"file_ids\":[%s]}".formatted(quoted(files)));
        String one = path + "/" + made.id();

        assertThat(made.settled()).isEqualTo(Api.wire("vector_store_file_batch.json"));
        assertThat(api.get(one).body()).isEqualTo(made.body());
        assertThat(api.get(one).header("openai-poll-after-ms")).matches("[0-9]+");
        assertThat(ids(api.get(one + "/files"))).containsExactly(files[1], files[0]);
        reader.reads(project, store, files[0], "text");
        assertThat(ids(api.get(one + "/files?filter=completed"))).containsExactly(files[0]);

        JsonNode cancelled = api.post(one + "/cancel", null).json();
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.at("/file_counts/cancelled").asInt()).isOne();
        assertThat(api.post(one + "/cancel", null).json()).isEqualTo(cancelled);
        assertThat(stores.counts(store)).isEqualTo(cancelled.path("file_counts"));
    }

    @Test
    void eachFileOfABatchCanHaveAttributesOfItsOwn() {
        String store = stores.store();
        String[] files = {stores.file("a.txt"), stores.file("b.txt")};
        Api.Answer made =
                api.post(
                        STORES + "/" + store + "/file_batches",
                        """
                        {"files":[{"file_id":"%s","attributes":{"n":1}},{"file_id":"%s"}]}"""
                                .formatted(files[0], files[1]));
        assertThat(made.json().at("/file_counts/in_progress").asInt()).isEqualTo(2);
        assertThat(
                        api.get(STORES + "/" + store + "/files/" + files[0])
                                .json()
                                .at("/attributes/n")
                                .asInt())
                .isOne();
    }

    @Test
    void aSearchFindsTheTextAndItsContentIsShown() {
        String file = stores.file("favorite_foods.txt");
        String store = stores.store();
        String files = STORES + "/" + store + "/files";
        api.post(files, "{\"file_id\":\"%s\",\"attributes\":{\"topic\":\"food\"}}".formatted(file))
                .id();
        reader.reads(project, store, file, "Filip: favorite food is cake");

        Api.Answer found =
                api.post(
                        STORES + "/" + store + "/search",
                        "{\"query\":\"Filip's favorite food\",\"filters\":{\"type\":\"eq\",\"key\":\"topic\",\"value\":\"food\"}}");
        assertThat(found.settled().replaceAll("(\"score\": )[0-9.]+", "$10"))
                .isEqualTo(Api.wire("vector_store_search.json"));
        assertThat(found.json().at("/data/0/score").asDouble()).isBetween(0.1, 1.0);
        assertThat(api.get(files + "/" + file + "/content").settled())
                .isEqualTo(Api.wire("vector_store_file_content.json"));
        assertThat(
                        api.post(
                                        STORES + "/" + store + "/search",
                                        "{\"query\":[\"cake\",\"zeppelin\"],\"max_num_results\":1}")
                                .json()
                                .path("data"))
                .hasSize(1);
        assertThat(
                        api.post(
                                        STORES + "/" + store + "/search",
                                        "{\"query\":\"cake\",\"filters\":{\"type\":\"and\",\"filters\":[{\"type\":\"nin\",\"key\":\"topic\",\"value\":[\"food\"]}]}}")
                                .json()
                                .path("data"))
                .isEmpty();
    }

    @Test
    void aFileThatIsNoTextCannotBeSearched() {
        String store = stores.store();
        stores.add(store, stores.file("table.CSV"))
                .isError(
                        400,
                        "Files with extensions [.csv] are not supported for retrieval. See"
                                + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files",
                        "file_ids",
                        "unsupported_file");
        assertThat(stores.counts(store).path("total").asInt()).isZero();
    }
}
