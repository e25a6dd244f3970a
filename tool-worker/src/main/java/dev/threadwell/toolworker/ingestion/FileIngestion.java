package dev.threadwell.toolworker.ingestion;

import dev.threadwell.file.ImageFormat;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.vectorstore.IngestionStore;
import dev.threadwell.persistence.vectorstore.IngestionStore.Ingestion;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.search.Search;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.toolworker.drain.InFlightWork;
import dev.threadwell.toolworker.drain.PoisonGuard;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ingests files into vector stores. Retries while the database is unavailable; any other error
 * fails the file, so that no file stays in progress forever.
 */
@ApplicationScoped
public class FileIngestion {

    private static final Logger LOG = Logger.getLogger(FileIngestion.class);

    /** The maximum file size; no text with the maximum number of tokens is larger. */
    private static final long MAX_BYTES = 32 * 1024 * 1024;

    private static final int MAX_TOKENS = 5_000_000;
    private static final int SAVED_AT_ONCE = 100;

    /** The assumed storage size of a chunk's vector. */
    private static final long BYTES_PER_CHUNK = 1_024;

    private static final int ATTEMPTS_TO_READ = 4;

    private final IngestionStore store;
    private final FileStore files;
    private final BlobLedger blobs;
    private final DocumentReader reader;
    private final PictureDescriptions pictures;
    private final Embedder embedder;
    private final Search search;
    private final InFlightWork work;
    private final PoisonGuard attempts;
    private final IngestionMetrics metrics;
    private final ReaderRetry retry = new ReaderRetry();

    @Inject
    FileIngestion(
            IngestionStore store,
            FileStore files,
            BlobLedger blobs,
            DocumentReader reader,
            PictureDescriptions pictures,
            Embedder embedder,
            Search search,
            InFlightWork work,
            PoisonGuard attempts,
            IngestionMetrics metrics) {
        this.metrics = metrics;
        this.store = store;
        this.files = files;
        this.blobs = blobs;
        this.reader = reader;
        this.pictures = pictures;
        this.embedder = embedder;
        this.search = search;
        this.work = work;
        this.attempts = attempts;
    }

    private sealed interface Outcome {

        record Read(List<Chunk> chunks, long usageBytes) implements Outcome {}

        record Failed(Failure failure) implements Outcome {}
    }

    /**
     * Ingests the file if it is still in progress, and not ingested, cancelled or removed
     * meanwhile.
     */
    public Uni<Void> read(FileAdded added) {
        return work.of(
                () ->
                        TransientFailures.retried(store.begin(added))
                                .chain(
                                        ingestion ->
                                                ingestion == null
                                                        ? Uni.createFrom().voidItem()
                                                        : attempted(ingestion)));
    }

    /** Fails a file with which three workers have died, instead of reading it again. */
    private Uni<Void> attempted(Ingestion ingestion) {
        FileAdded added = ingestion.added();
        String reading =
                "file %s %s %d"
                        .formatted(added.vectorStoreId(), added.fileId(), ingestion.fileVersion());
        return Uni.createFrom()
                .item(() -> attempts.begin(reading))
                .runSubscriptionOn(Thread::startVirtualThread)
                .chain(
                        attempt ->
                                (attempt.allowed() ? read(ingestion) : broken(ingestion))
                                        .onTermination()
                                        .invoke(attempt::close))
                .chain(() -> attempts.finished(reading));
    }

    private Uni<Void> broken(Ingestion ingestion) {
        return failed(
                ingestion,
                "The file could not be read: %d workers stopped working while they read it."
                        .formatted(PoisonGuard.MOST_DEATHS));
    }

    private Uni<Void> failed(Ingestion ingestion, String message) {
        return TransientFailures.retried(
                        store.fail(ingestion, new Failure("server_error", message)))
                .invoke(() -> metrics.ended(IngestionMetrics.FAILED))
                .replaceWithVoid();
    }

    private Uni<Void> read(Ingestion ingestion) {
        long since = System.nanoTime();
        return TransientFailures.retried(
                        outcome(ingestion)
                                .chain(work::unlessCutOff)
                                .chain(outcome -> save(ingestion, outcome)))
                .onFailure()
                .call(work::unlessCutOff)
                .onFailure()
                .invoke(failure -> logged(ingestion, failure))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(() -> failed(ingestion, "An internal error occurred."))
                .invoke(() -> metrics.took(since));
    }

    private static void logged(Ingestion ingestion, Throwable failure) {
        LOG.errorf(
                failure,
                "file cannot be read vectorStoreId=%s fileId=%s",
                ingestion.added().vectorStoreId(),
                ingestion.added().fileId());
    }

    private Uni<Outcome> outcome(Ingestion ingestion) {
        return files.stored(ingestion.added().projectId(), ingestion.added().fileId())
                .chain(file -> outcome(ingestion, file));
    }

    private Uni<Outcome> outcome(Ingestion ingestion, @Nullable StoredFile file) {
        if (file == null) {
            return Uni.createFrom().item(failed("The file was deleted before it was read."));
        }
        return file.file().bytes() > MAX_BYTES
                ? Uni.createFrom().item(tooLarge())
                : bytes(file).chain(bytes -> outcome(ingestion, bytes.getBytes()));
    }

    private Uni<Outcome> outcome(Ingestion ingestion, byte[] bytes) {
        String filename = ingestion.filename();
        return ImageFormat.isNamed(filename)
                ? pictures.described(bytes)
                        .map(extraction -> outcome(ingestion, bytes.length, extraction))
                : retry.of(
                        () ->
                                outcome(
                                        ingestion,
                                        bytes.length,
                                        Extraction.of(filename, bytes, reader)));
    }

    private Uni<Buffer> bytes(StoredFile file) {
        Uni<Buffer> whole =
                Uni.createFrom()
                        .deferred(
                                () ->
                                        blobs.read(file.blobs())
                                                .collect()
                                                .in(Buffer::buffer, Buffer::appendBuffer));
        return TransientFailures.afterAnyFailure(whole)
                .atMost(ATTEMPTS_TO_READ)
                .onFailure()
                .transform(why -> new IllegalStateException("the bytes cannot be had", why));
    }

    private Outcome outcome(Ingestion ingestion, long bytes, Extraction extraction) {
        return switch (extraction) {
            case Extraction.Unreadable(Failure failure) -> new Outcome.Failed(failure);
            case Extraction.Text(String text) -> {
                Chunking chunking = Chunking.of(text, MAX_TOKENS);
                if (chunking == null) {
                    yield tooLarge();
                }
                List<Chunk> chunks = chunking.chunks(ingestion.chunks().sizes());
                yield new Outcome.Read(chunks, bytes + BYTES_PER_CHUNK * chunks.size());
            }
        };
    }

    private static Outcome tooLarge() {
        return failed("The file is too large: its text may have %d tokens.".formatted(MAX_TOKENS));
    }

    private static Outcome failed(String message) {
        return new Outcome.Failed(new Failure("invalid_file", message));
    }

    private Uni<Boolean> save(Ingestion ingestion, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(Failure failure) ->
                    store.fail(ingestion, failure)
                            .invoke(() -> metrics.ended(IngestionMetrics.FAILED));
            case Outcome.Read(List<Chunk> chunks, long bytes) ->
                    save(ingestion, chunks, ingestion.saved())
                            .chain(() -> store.complete(ingestion, bytes))
                            .invoke(() -> metrics.ended(IngestionMetrics.COMPLETED))
                            .call(() -> prepareSearch(ingestion));
        };
    }

    /** Skips chunks that an earlier attempt has saved, so that they are not embedded again. */
    private Uni<Void> save(Ingestion ingestion, List<Chunk> chunks, int first) {
        if (first >= chunks.size()) {
            return Uni.createFrom().voidItem();
        }
        int next = Math.min(first + SAVED_AT_ONCE, chunks.size());
        return Uni.createFrom()
                .item(() -> embedder.embedded(chunks.subList(first, next)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(embedded -> store.save(ingestion, first, embedded))
                .chain(() -> save(ingestion, chunks, next));
    }

    /**
     * Fills the index, so that the first search need not wait for it; if this fails, that search
     * fills it.
     */
    private Uni<Void> prepareSearch(Ingestion ingestion) {
        FileAdded added = ingestion.added();
        return search.prepare(added.projectId(), added.vectorStoreId())
                .onFailure()
                .invoke(
                        e ->
                                LOG.warnf(
                                        e,
                                        "index not filled vectorStoreId=%s",
                                        added.vectorStoreId()))
                .onFailure()
                .recoverWithNull();
    }
}
