package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;

import dev.threadwell.persistence.vectorstore.ChunkStore;
import dev.threadwell.persistence.vectorstore.FileBatchStore;
import dev.threadwell.persistence.vectorstore.IngestionStore;
import dev.threadwell.persistence.vectorstore.IngestionStore.Ingestion;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore;
import dev.threadwell.persistence.vectorstore.VectorStoreLock;
import dev.threadwell.persistence.vectorstore.VectorStoreStore;
import dev.threadwell.persistence.vectorstore.VectorStoreUsers;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.run.Ids;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import dev.threadwell.vectorstore.VectorStoreFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Fixture: vector stores in the real database, with a clock that tests can advance. */
final class StoredFiles {

    Instant now = Instant.ofEpochSecond(1_758_064_057);

    final InstantSource clock = () -> now;
    final Outbox outbox = new Stores().outbox;
    final VectorStoreLock lock = new VectorStoreLock(Stores.POOL, clock);
    final VectorStoreStore stores =
            new VectorStoreStore(
                    Stores.POOL, outbox, lock, new VectorStoreUsers(Stores.POOL), clock);
    final VectorStoreFileStore files = new VectorStoreFileStore(Stores.POOL, outbox, lock, clock);
    final FileBatchStore batches = new FileBatchStore(Stores.POOL, outbox, lock);
    final IngestionStore ingestions = new IngestionStore(Stores.POOL, lock);
    final ChunkStore chunks = new ChunkStore(Stores.POOL);

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A new file without contents. */
    String file(String name) {
        String id = Ids.file();
        Stores.query(
                """
                insert into files (id, project_id, purpose, blobs, filename, bytes, document)
                values ($1, $2, 'assistants', '{}', $3, 0, json_build_object('filename', $3::text))
                """,
                id,
                PROJECT,
                name);
        return id;
    }

    List<String> files(int number) {
        return IntStream.range(0, number).mapToObj(i -> file("tides_" + i + ".txt")).toList();
    }

    VectorStore store(List<String> fileIds) {
        return store(fileIds, null);
    }

    VectorStore store(List<String> fileIds, ExpiresAfter expiry) {
        VectorStore store =
                VectorStore.created(
                        Ids.vectorStore(), now.getEpochSecond(), null, null, expiry, Map.of());
        return await(stores.create(PROJECT, store, added(store.id(), fileIds)));
    }

    List<VectorStoreFile> added(String storeId, List<String> fileIds) {
        return fileIds.stream().map(id -> added(storeId, id, Map.of())).toList();
    }

    VectorStoreFile added(String storeId, String fileId, Map<String, Object> attributes) {
        return VectorStoreFile.added(
                fileId, storeId, now.getEpochSecond(), ChunkingStrategy.AUTO, attributes);
    }

    VectorStore found(VectorStore store) {
        return Objects.requireNonNull(await(stores.find(PROJECT, store.id())));
    }

    Ingestion begun(VectorStore store, String fileId) {
        return await(ingestions.begin(new FileAdded(PROJECT, store.id(), fileId)));
    }

    /** Ingests the file as a worker does. */
    void reads(VectorStore store, String fileId, String... texts) {
        Ingestion ingestion = begun(store, fileId);
        List<Chunk> read = List.of(texts).stream().map(text -> new Chunk(0, text)).toList();
        await(ingestions.save(ingestion, 0, read));
        await(ingestions.complete(ingestion, 100));
    }
}
