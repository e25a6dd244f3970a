package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore.Addition;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches of files that are added to a vector store together and can be cancelled together. */
@ApplicationScoped
public class FileBatchStore {

    private static final String VIEW = "vector_store_batch_files";

    private static final Listing<VectorStoreFile> OF_BATCH =
            new Listing<>(
                    VIEW,
                    "file",
                    VectorStoreRow.FILE,
                    VectorStoreRow::file,
                    VectorStoreFile::id,
                    List.of("project_id", "vector_store_id", "batch_id"));

    private static final Listing<VectorStoreFile> OF_STATUS = OF_BATCH.filteredBy("status");

    private static final String FIND =
            "select "
                    + VectorStoreRow.BATCH
                    + " from vector_store_file_batches"
                    + " where id = $3 and vector_store_id = $1 and project_id = $2";

    /** Does nothing if the batch is finished. */
    private static final String STOP =
            """
            update vector_store_file_batches set cancelled_at = now()
            where id = $3 and vector_store_id = $1 and project_id = $2
                and in_progress > 0 and cancelled_at is null
            """;

    private static final Statement CANCEL_FILES =
            Statement.of(
                    """
            with moved as (
                update vector_store_files f set status = 'cancelled'
                from vector_store_batch_members m
                where m.batch_id = :batch_id and m.vector_store_id = :store_id and m.file_id = f.id
                    and f.vector_store_id = :store_id and f.project_id = :project_id and f.status = 'in_progress'
                returning f.id as file_id, 'in_progress' as was, 'cancelled' as is_now,
                    0::bigint as bytes),
            """
                            + StatusCounters.counted("")
                            + "select 1");

    private final Pool pool;
    private final Outbox outbox;
    private final VectorStoreLock lock;

    @Inject
    public FileBatchStore(Pool pool, Outbox outbox, VectorStoreLock lock) {
        this.pool = pool;
        this.outbox = outbox;
        this.lock = lock;
    }

    /** Adds the files of a new batch to its store. */
    public Uni<Addition> create(String projectId, FileBatch batch, List<VectorStoreFile> files) {
        AddFilesStatement added = AddFilesStatement.of(projectId, batch.vectorStoreId(), files);
        return AddFilesTransaction.into(
                lock, outbox, projectId, batch.vectorStoreId(), c -> added.asBatch(c, batch));
    }

    /** The batch, or null. */
    public Uni<@Nullable FileBatch> find(String projectId, String storeId, String id) {
        return find(pool, projectId, storeId, id);
    }

    private static Uni<@Nullable FileBatch> find(
            SqlClient c, String projectId, String storeId, String id) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(storeId, projectId, id))
                .<@Nullable FileBatch>map(
                        rows ->
                                rows.rowCount() == 0
                                        ? null
                                        : VectorStoreRow.batch(rows.iterator().next()));
    }

    /** Cancels the files that have not been ingested yet; null if there is no such batch. */
    public Uni<@Nullable FileBatch> cancel(String projectId, String storeId, String id) {
        return lock.locked(projectId, storeId, (c, store) -> cancel(c, projectId, store.id(), id));
    }

    private static Uni<@Nullable FileBatch> cancel(
            SqlConnection c, String projectId, String storeId, String id) {
        return c.preparedQuery(STOP)
                .execute(Tuple.of(storeId, projectId, id))
                .chain(
                        stopped ->
                                stopped.rowCount() == 0
                                        ? Uni.createFrom().voidItem()
                                        : CANCEL_FILES
                                                .with("store_id", storeId)
                                                .with("project_id", projectId)
                                                .with("batch_id", id)
                                                .execute(c)
                                                .replaceWithVoid())
                .chain(() -> find(c, projectId, storeId, id));
    }

    /** A page of the batch's files, optionally only those in one status. */
    public Uni<Page<VectorStoreFile>> files(
            String projectId, String storeId, String id, @Nullable String status, ListQuery query) {
        return status == null
                ? OF_BATCH.page(pool, query, projectId, storeId, id)
                : OF_STATUS.page(pool, query, projectId, storeId, id, status);
    }
}
