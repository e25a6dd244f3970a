package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.Stores;
import dev.threadwell.run.Ids;
import dev.threadwell.wire.Json;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files and stores that a run's tools use, and the ingestion that a run waits for. */
@Tag("server")
class RunFileAccessTest {

    private final Stores stores = new Stores();
    private final RunFileAccess files = new RunFileAccess(Stores.POOL);
    private final RunRow run = stores.claimedBy("w1");
    private final String store = "vs_" + Ids.run().substring(4);

    @SuppressWarnings("unchecked")
    private void threadHas(String resources) {
        query(
                "update threads set document = $2::text::json, vector_store_id = $3 where id = $1 returning id",
                run.run().threadId(),
                "{\"metadata\":{\"zero\":\"\\u0000\"},\"tool_resources\":" + resources + "}",
                ToolFiles.of(Json.read(resources, Map.class)).store());
    }

    private void storeReads(int files) {
        query(
                """
                insert into vector_stores (id, project_id, in_progress, last_active_at, document)
                values ($1, $2, $3, 0, '{}') on conflict (id) do update set in_progress = $3
                returning id
                """,
                store,
                run.projectId(),
                files);
    }

    private Set<String> beingIndexed() {
        return await(files.beingIndexed(Set.of(run.run().id(), "run_of_nobody")));
    }

    @Test
    void aRunHasTheFilesOfItsThread() {
        threadHas(
                "{\"code_interpreter\":{\"file_ids\":[\"file-a\"]},\"file_search\":{\"vector_store_ids\":[\"vs_a\"]}}");

        var found = await(files.of(run.key()));

        assertThat(found.codeFiles()).containsExactly("file-a");
        assertThat(found.stores()).containsExactly("vs_a");
    }

    @Test
    void aRunThatIsGoneHasNoFiles() {
        var found = await(files.of(new RunKey(run.projectId(), "thread_x", "run_x")));

        assertThat(found.stores()).isEmpty();
    }

    @Test
    void aRunWaitsWhileTheStoreOfItsThreadReadsFiles() {
        threadHas("{\"file_search\":{\"vector_store_ids\":[\"" + store + "\"]}}");
        storeReads(1);
        assertThat(beingIndexed()).containsExactly(run.run().id());

        storeReads(0);

        assertThat(beingIndexed()).isEmpty();
    }

    @Test
    void aRunDoesNotWaitForStoresThatItsThreadDoesNotHave() {
        storeReads(1);

        assertThat(beingIndexed()).isEmpty();
    }
}
