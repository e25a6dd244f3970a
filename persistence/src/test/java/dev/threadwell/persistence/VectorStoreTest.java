package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.query;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.vectorstore.IngestionStore.Ingestion;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore.Addition;
import dev.threadwell.run.Ids;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.FileCounts;
import dev.threadwell.vectorstore.IngestionStatus;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import dev.threadwell.vectorstore.VectorStore.Status;
import dev.threadwell.vectorstore.VectorStoreFile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The counters and the status of a vector store under concurrent changes of its files. */
@Tag("server")
class VectorStoreTest {

    private static final VectorStoreFile.Failure UNREADABLE =
            new VectorStoreFile.Failure("invalid_file", "no text");

    private final StoredFiles world = new StoredFiles();

    private FileBatch batch(VectorStore store, List<String> files) {
        FileBatch batch =
                FileBatch.created(Ids.fileBatch(), store.id(), world.now.getEpochSecond());
        assertThat(await(world.batches.create(PROJECT, batch, world.added(store.id(), files))))
                .isInstanceOf(Addition.Added.class);
        return found(batch);
    }

    private FileBatch found(FileBatch batch) {
        return await(world.batches.find(PROJECT, batch.vectorStoreId(), batch.id()));
    }

    private Addition add(VectorStore store, List<String> files) {
        return await(world.files.add(PROJECT, store.id(), world.added(store.id(), files)));
    }

    @Test
    void anEmptyStoreIsCompleted() {
        assertThat(world.store(List.of()).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aStoreIsInProgressUntilItsLastFileIsRead() {
        List<String> files = world.files(2);
        VectorStore store = world.store(files);
        assertThat(store.status()).isEqualTo(Status.IN_PROGRESS);

        world.reads(store, files.get(0), "low water");
        assertThat(world.found(store).fileCounts()).isEqualTo(FileCounts.of(1, 1, 0, 0));
        await(world.ingestions.fail(world.begun(store, files.get(1)), UNREADABLE));

        VectorStore done = world.found(store);
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.fileCounts()).isEqualTo(FileCounts.of(0, 1, 1, 0));
        assertThat(done.usageBytes()).isEqualTo(100);
    }

    @Test
    void filesThatEndAtOnceAreAllCounted() {
        List<String> files = world.files(40);
        VectorStore store = world.store(files.subList(0, 20));
        FileBatch batch = batch(store, files);
        assertThat(batch.fileCounts()).isEqualTo(FileCounts.of(40, 0, 0, 0));

        List<Uni<Boolean>> ends = new ArrayList<>();
        for (String file : files) {
            Ingestion ingestion = world.begun(store, file);
            ends.add(world.ingestions.complete(ingestion, 10));
            ends.add(world.ingestions.complete(ingestion, 10));
            ends.add(world.ingestions.fail(ingestion, UNREADABLE));
        }
        List<Boolean> won = together(ends);

        assertThat(won).filteredOn(won1 -> won1).hasSize(40);
        FileCounts counts = world.found(store).fileCounts();
        assertThat(counts.completed() + counts.failed()).isEqualTo(40);
        assertThat(counts.total()).isEqualTo(40);
        assertThat(found(batch).fileCounts()).isEqualTo(counts);
        assertThat(world.found(store).usageBytes()).isEqualTo(10L * counts.completed());
    }

    @Test
    void aFileIsInAStoreOnceHoweverOftenItIsAdded() {
        String file = world.file("tides.txt");
        VectorStore store = world.store(List.of());

        together(
                List.of(
                        world.files.add(
                                PROJECT, store.id(), world.added(store.id(), List.of(file))),
                        world.files.add(
                                PROJECT,
                                store.id(),
                                world.added(store.id(), List.of(file, file)))));

        assertThat(world.found(store).fileCounts()).isEqualTo(FileCounts.of(1, 0, 0, 0));
        assertThat(number("select count(*) from outbox where key = $1", store.id())).isOne();
        world.reads(store, file, "text");
        add(store, List.of(file));
        assertThat(world.found(store).fileCounts()).isEqualTo(FileCounts.of(0, 1, 0, 0));
    }

    @Test
    void aFileThatCouldNotBeReadIsReadAgainWhenItIsAddedAgain() {
        String file = world.file("tides.txt");
        VectorStore store = world.store(List.of(file));
        Ingestion first = world.begun(store, file);
        await(world.ingestions.fail(first, UNREADABLE));

        add(store, List.of(file));

        assertThat(world.found(store).fileCounts()).isEqualTo(FileCounts.of(1, 0, 0, 0));
        assertThat(await(world.ingestions.complete(first, 1))).isFalse();
        world.reads(store, file, "text");
        assertThat(await(world.files.find(PROJECT, store.id(), file)).lastError()).isNull();
    }

    @Test
    void aBatchCountsWhatWasThereBefore() {
        List<String> files = world.files(3);
        VectorStore store = world.store(files.subList(0, 2));
        world.reads(store, files.get(0), "text");

        FileBatch batch = batch(store, files);

        assertThat(batch.fileCounts()).isEqualTo(FileCounts.of(2, 1, 0, 0));
        assertThat(batch.status()).isEqualTo(IngestionStatus.IN_PROGRESS);
        world.reads(store, files.get(1), "text");
        world.reads(store, files.get(2), "text");
        assertThat(found(batch).status()).isEqualTo(IngestionStatus.COMPLETED);
    }

    @Test
    void aCancelledBatchLeavesWhatIsDoneAndStopsTheRest() {
        List<String> files = world.files(3);
        VectorStore store = world.store(List.of());
        FileBatch batch = batch(store, files);
        world.reads(store, files.get(0), "text");
        Ingestion underWay = world.begun(store, files.get(1));

        FileBatch cancelled = await(world.batches.cancel(PROJECT, store.id(), batch.id()));

        assertThat(cancelled.status()).isEqualTo(IngestionStatus.CANCELLED);
        assertThat(cancelled.fileCounts()).isEqualTo(FileCounts.of(0, 1, 0, 2));
        assertThat(world.found(store).fileCounts()).isEqualTo(cancelled.fileCounts());
        assertThat(await(world.ingestions.complete(underWay, 5))).isFalse();
        assertThat(world.begun(store, files.get(2))).isNull();
    }

    @Test
    void aFinishedBatchCannotBeCancelled() {
        List<String> files = world.files(1);
        VectorStore store = world.store(List.of());
        FileBatch batch = batch(store, files);
        world.reads(store, files.getFirst(), "text");

        assertThat(await(world.batches.cancel(PROJECT, store.id(), batch.id())).status())
                .isEqualTo(IngestionStatus.COMPLETED);
    }

    @Test
    void aFileThatIsTakenOutLeavesNothing() {
        List<String> files = world.files(2);
        VectorStore store = world.store(List.of());
        FileBatch batch = batch(store, files);
        world.reads(store, files.get(0), "text");
        Ingestion underWay = world.begun(store, files.get(1));

        assertThat(await(world.files.delete(PROJECT, store.id(), files.get(0)))).isTrue();
        assertThat(await(world.files.delete(PROJECT, store.id(), files.get(1)))).isTrue();
        assertThat(await(world.files.delete(PROJECT, store.id(), files.get(1)))).isFalse();

        await(world.ingestions.save(underWay, 0, List.of(new Chunk(0, "late"))));
        assertThat(await(world.ingestions.complete(underWay, 5))).isFalse();
        assertThat(world.found(store).fileCounts()).isEqualTo(FileCounts.NONE);
        assertThat(world.found(store).usageBytes()).isZero();
        assertThat(found(batch).status()).isEqualTo(IngestionStatus.COMPLETED);
        assertThat(
                        number(
                                "select count(*) from vector_store_chunks where vector_store_id = $1",
                                store.id()))
                .isZero();
    }

    /** The store has more chunks than one statement deletes at a time. */
    @Test
    void aStoreWithThousandsOfChunksIsDeletedWhole() {
        List<String> files = world.files(1);
        VectorStore store = world.store(List.of());
        batch(store, files);
        world.reads(store, files.getFirst(), "text");
        query(
                """
                insert into vector_store_chunks
                    (vector_store_id, file_id, stay, n, project_id, overlap, text, words)
                select vector_store_id, file_id, stay, n + i, project_id, 0, text, words
                from vector_store_chunks, generate_series(1, 5000) as i where vector_store_id = $1
                """,
                store.id());

        assertThat(await(world.stores.delete(PROJECT, store.id()))).isTrue();

        assertThat(
                        number(
                                "select count(*) from vector_store_chunks where vector_store_id = $1",
                                store.id()))
                .isZero();
    }

    @Test
    void aStoreThatNobodyUsesExpiresAndTakesNothingMore() {
        VectorStore store = world.store(List.of(), ExpiresAfter.idleDays(3));
        assertThat(store.expiresAt()).isEqualTo(store.createdAt() + 3 * 86_400);

        world.pass(Duration.ofDays(2));
        await(world.stores.used(PROJECT, List.of(store.id())));
        world.pass(Duration.ofDays(2));
        assertThat(world.found(store).status()).isEqualTo(Status.COMPLETED);
        world.pass(Duration.ofDays(1));

        assertThat(world.found(store).status()).isEqualTo(Status.EXPIRED);
        assertThat(add(store, world.files(1))).isInstanceOf(Addition.Expired.class);
    }

    @Test
    void aDeletedStoreIsGoneWithAllThatIsInIt() {
        List<String> files = world.files(1);
        VectorStore store = world.store(List.of());
        batch(store, files);
        world.reads(store, files.getFirst(), "text");

        assertThat(await(world.stores.delete(PROJECT, store.id()))).isTrue();

        assertThat(await(world.stores.delete(PROJECT, store.id()))).isFalse();
        assertThat(await(world.stores.find(PROJECT, store.id()))).isNull();
        assertThat(
                        number(
                                "select count(*) from vector_store_files where vector_store_id = $1",
                                store.id()))
                .isZero();
        assertThat(add(store, files)).isInstanceOf(Addition.NoStore.class);
    }
}
