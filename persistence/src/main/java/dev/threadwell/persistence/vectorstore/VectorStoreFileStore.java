package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files in vector stores. */
@ApplicationScoped
public class VectorStoreFileStore {

    private static final String TABLE = "vector_store_files";
    private static final String KIND = "file";

    private static final Listing<VectorStoreFile> OF_STORE =
            new Listing<>(
                    TABLE,
                    KIND,
                    VectorStoreRow.FILE,
                    VectorStoreRow::file,
                    VectorStoreFile::id,
                    List.of("project_id", "vector_store_id"));

    private static final Listing<VectorStoreFile> OF_STATUS = OF_STORE.filteredBy("status");

    private static final String FIND =
            "select "
                    + VectorStoreRow.FILE
                    + " from vector_store_files"
                    + " where vector_store_id = $1 and project_id = $2 and id = $3";

    private static final Statement DESCRIBE =
            Statement.of(
                    """
            update vector_store_files set attributes = :attributes::text::jsonb, document = :document::text::json
            where vector_store_id = :store_id and project_id = :project_id and id = :file_id
            """);

    private static final Statement DELETE =
            Statement.of(
                    """
            with gone as (
                delete from vector_store_files
                where vector_store_id = :store_id and project_id = :project_id and id = :file_id
                returning id, status, usage_bytes),
            moved as (
                select id as file_id, status as was, null::text as is_now, -usage_bytes as bytes
                from gone),
            """
                            + StatusCounters.counted("")
                            + "select exists(select 1 from gone) as deleted");

    private final Pool pool;
    private final Outbox outbox;
    private final VectorStoreLock lock;
    private final InstantSource clock;

    @Inject
    public VectorStoreFileStore(
            Pool pool, Outbox outbox, VectorStoreLock lock, InstantSource clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.lock = lock;
        this.clock = clock;
    }

    /** The result of adding files to a store. */
    public sealed interface Addition {

        /** The files are in the store; some may have been there before. */
        record Added() implements Addition {}

        /** The store has expired and accepts no files. */
        record Expired() implements Addition {}

        /** There is no such store. */
        record NoStore() implements Addition {}
    }

    /**
     * Adds files to a store. Files that it contains already are not changed, unless they failed or
     * were cancelled.
     */
    public Uni<Addition> add(String projectId, String storeId, List<VectorStoreFile> files) {
        AddFilesStatement added = AddFilesStatement.of(projectId, storeId, files);
        long now = clock.instant().getEpochSecond();
        return AddFilesTransaction.into(
                lock, outbox, projectId, storeId, connection -> added.intoStore(connection, now));
    }

    /** The file, or null. */
    public Uni<@Nullable VectorStoreFile> find(String projectId, String storeId, String id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(storeId, projectId, id))
                .<@Nullable VectorStoreFile>map(VectorStoreFileStore::only);
    }

    private static @Nullable VectorStoreFile only(RowSet<Row> rows) {
        return rows.rowCount() == 0 ? null : VectorStoreRow.file(rows.iterator().next());
    }

    /** Replaces the attributes of a file; null if there is none. */
    public Uni<@Nullable VectorStoreFile> describe(
            String projectId, String storeId, String id, Map<String, Object> attributes) {
        return lock.locked(
                projectId, storeId, (c, store) -> describe(c, projectId, store, id, attributes));
    }

    private static Uni<@Nullable VectorStoreFile> describe(
            SqlConnection c,
            String projectId,
            VectorStore store,
            String id,
            Map<String, Object> attributes) {
        return c.preparedQuery(FIND)
                .execute(Tuple.of(store.id(), projectId, id))
                .<@Nullable VectorStoreFile>map(VectorStoreFileStore::only)
                .chain(
                        found ->
                                found == null
                                        ? Uni.createFrom().nullItem()
                                        : save(c, projectId, found.described(attributes)));
    }

    private static Uni<@Nullable VectorStoreFile> save(
            SqlConnection c, String projectId, VectorStoreFile file) {
        return DESCRIBE.with("store_id", file.vectorStoreId())
                .with("project_id", projectId)
                .with("file_id", file.id())
                .with("attributes", Json.compact(file.attributes()))
                .with("document", Json.compact(file))
                .execute(c)
                .replaceWith(file);
    }

    /**
     * Removes a file from the store; false if it is not in there. The file itself is not deleted.
     */
    public Uni<Boolean> delete(String projectId, String storeId, String id) {
        return lock.locked(
                        projectId,
                        storeId,
                        (c, store) ->
                                DELETE.with("store_id", storeId)
                                        .with("project_id", projectId)
                                        .with("file_id", id)
                                        .execute(c)
                                        .map(rows -> rows.iterator().next().getBoolean("deleted")))
                .map(Boolean.TRUE::equals);
    }

    /** A page of the store's files, optionally only those in one status. */
    public Uni<Page<VectorStoreFile>> list(
            String projectId, String storeId, @Nullable String status, ListQuery query) {
        return status == null
                ? OF_STORE.page(pool, query, projectId, storeId)
                : OF_STATUS.page(pool, query, projectId, storeId, status);
    }
}
