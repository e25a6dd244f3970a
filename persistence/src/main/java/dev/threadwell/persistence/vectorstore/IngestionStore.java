package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy;
import dev.threadwell.vectorstore.IngestionStatus;
import dev.threadwell.vectorstore.SearchTerms;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Persists the result of ingesting a file: chunks, status and errors. All operations are
 * idempotent, and have no effect if the file has been cancelled, removed, or removed and added
 * again meanwhile.
 */
@ApplicationScoped
public class IngestionStore {

    private static final String BEGIN =
            """
            with f as (
                select id, seq, filename, document from vector_store_files
                where vector_store_id = $1 and project_id = $2 and id = $3
                    and status = 'in_progress'),
            earlier as (
                delete from vector_store_chunks c using f
                where c.vector_store_id = $1 and c.file_id = f.id and c.stay <> f.seq)
            select seq, filename, document::text as document,
                (select count(*) from vector_store_chunks c
                    where c.vector_store_id = $1 and c.file_id = f.id and c.stay = f.seq) as saved
            from f
            """;

    /** Locks the file's row, so that no chunks remain of a file that is removed concurrently. */
    private static final Statement SAVE =
            Statement.of(
                    """
            with f as (
                select id from vector_store_files
                where vector_store_id = :store_id and project_id = :project_id and id = :file_id and seq = :stay
                    and status = 'in_progress' for key share)
            insert into vector_store_chunks
                (vector_store_id, project_id, file_id, stay, n, overlap, text, words, model, vectors)
            select :store_id, :project_id, f.id, :stay, x.n, x.overlap, x.text, x.words::tsvector, x.model, x.vectors
            from f,
                unnest(:numbers::int[], :overlaps::int[], :texts::text[], :words::text[], :models::text[], :vectors::bytea[])
                    as x(n, overlap, text, words, model, vectors)
            on conflict do nothing
            """);

    private static final Statement FINISH =
            Statement.of(
                    """
            with moved as (
                update vector_store_files
                set status = :status, usage_bytes = :usage_bytes::bigint, last_error = :last_error::text::json
                where vector_store_id = :store_id and project_id = :project_id and id = :file_id and seq = :stay
                    and status = 'in_progress'
                returning id as file_id, 'in_progress' as was, status as is_now,
                    usage_bytes as bytes),
            """
                            + StatusCounters.counted("")
                            + "select exists(select 1 from moved) as finished");

    private final Pool pool;
    private final VectorStoreLock lock;

    @Inject
    public IngestionStore(Pool pool, VectorStoreLock lock) {
        this.pool = pool;
        this.lock = lock;
    }

    /**
     * A file to ingest.
     *
     * @param fileVersion distinguishes this membership in the store from later ones of the same
     *     file
     * @param saved the number of its first chunks that an earlier attempt has saved
     */
    public record Ingestion(
            FileAdded added,
            long fileVersion,
            String filename,
            ChunkingStrategy chunks,
            int saved) {}

    /**
     * The file if its ingestion is still in progress, otherwise null. Deletes chunks of earlier
     * versions.
     */
    public Uni<@Nullable Ingestion> begin(FileAdded added) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(added.vectorStoreId(), added.projectId(), added.fileId()))
                .<@Nullable Ingestion>map(rows -> ingestion(added, rows));
    }

    private static @Nullable Ingestion ingestion(FileAdded added, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        VectorStoreFile file = Json.read(row.getString("document"), VectorStoreFile.class);
        return new Ingestion(
                added,
                row.getLong("seq"),
                row.getString("filename"),
                file.chunkingStrategy(),
                row.getInteger("saved"));
    }

    /**
     * Saves consecutive chunks of a file.
     *
     * @param first the index of the first of them
     */
    public Uni<Void> save(Ingestion ingestion, int first, List<Chunk> chunks) {
        Integer[] numbers =
                IntStream.range(first, first + chunks.size()).boxed().toArray(Integer[]::new);
        return of(ingestion, SAVE)
                .with("numbers", numbers)
                .with("overlaps", chunks.stream().map(Chunk::overlap).toArray(Integer[]::new))
                .with("texts", column(chunks, Chunk::text))
                .with("words", column(chunks, c -> SearchTerms.vector(c.text())))
                .with("models", column(chunks, IngestionStore::model))
                .with(
                        "vectors",
                        chunks.stream().map(IngestionStore::vectors).toArray(Buffer[]::new))
                .execute(pool)
                .replaceWithVoid();
    }

    private static String[] column(List<Chunk> chunks, Function<Chunk, @Nullable String> value) {
        return chunks.stream().map(value).toArray(String[]::new);
    }

    private static @Nullable String model(Chunk chunk) {
        Vectors vectors = chunk.vectors();
        return vectors == null ? null : vectors.model();
    }

    private static @Nullable Buffer vectors(Chunk chunk) {
        Vectors vectors = chunk.vectors();
        return vectors == null ? null : Buffer.buffer(vectors.bytes());
    }

    /** Marks the file as completed; returns false if its ingestion is not in progress any more. */
    public Uni<Boolean> complete(Ingestion ingestion, long usageBytes) {
        return finish(ingestion, IngestionStatus.COMPLETED, usageBytes, null);
    }

    /** Marks the file as failed; returns false if its ingestion is not in progress any more. */
    public Uni<Boolean> fail(Ingestion ingestion, VectorStoreFile.Failure failure) {
        return finish(ingestion, IngestionStatus.FAILED, 0, failure);
    }

    private Uni<Boolean> finish(
            Ingestion ingestion,
            IngestionStatus status,
            long usageBytes,
            VectorStoreFile.@Nullable Failure failure) {
        Statement.Bound finish =
                of(ingestion, FINISH)
                        .with("status", VectorStoreRow.wire(status))
                        .with("usage_bytes", usageBytes)
                        .with("last_error", failure == null ? null : Json.compact(failure));
        return lock.locked(
                        ingestion.added().projectId(),
                        ingestion.added().vectorStoreId(),
                        (c, store) ->
                                finish.execute(c)
                                        .map(rows -> rows.iterator().next().getBoolean("finished")))
                .map(Boolean.TRUE::equals);
    }

    private static Statement.Bound of(Ingestion ingestion, Statement statement) {
        return statement
                .with("store_id", ingestion.added().vectorStoreId())
                .with("project_id", ingestion.added().projectId())
                .with("file_id", ingestion.added().fileId())
                .with("stay", ingestion.fileVersion());
    }
}
