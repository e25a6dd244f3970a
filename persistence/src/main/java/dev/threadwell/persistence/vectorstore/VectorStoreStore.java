package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The vector stores of a project. */
@ApplicationScoped
public class VectorStoreStore {

    private static final String FIND =
            "select "
                    + VectorStoreRow.STORE
                    + " from vector_stores where id = any($1) and project_id = $2";

    private static final String SAVE =
            "update vector_stores set document = $3::text::json where id = $1 and project_id = $2";

    private static final String DELETE =
            "delete from vector_stores where id = $1 and project_id = $2";

    private static final String DELETE_CHUNKS =
            """
            delete from vector_store_chunks where (vector_store_id, file_id, stay, n) in (
                select vector_store_id, file_id, stay, n from vector_store_chunks
                where vector_store_id = $1 and project_id = $2 limit $3)
            """;

    private static final String DELETE_FILES =
            """
            delete from vector_store_files where (vector_store_id, id) in (
                select vector_store_id, id from vector_store_files
                where vector_store_id = $1 and project_id = $2 limit $3)
            """;

    private static final int PART = 2_000;

    /** Updates at most once a minute, because the expiry is counted in days. */
    private static final String USED =
            """
            update vector_stores set last_active_at = $3::bigint
            where id = any($1) and project_id = $2 and last_active_at < $3::bigint - 60
            """;

    private final Pool pool;
    private final Outbox outbox;
    private final VectorStoreLock lock;
    private final VectorStoreUsers users;
    private final InstantSource clock;
    private final Listing<VectorStore> ofProject =
            new Listing<>(
                    "vector_stores",
                    "vector store",
                    VectorStoreRow.STORE,
                    this::shown,
                    VectorStore::id,
                    List.of("project_id"));

    @Inject
    public VectorStoreStore(
            Pool pool,
            Outbox outbox,
            VectorStoreLock lock,
            VectorStoreUsers users,
            InstantSource clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.lock = lock;
        this.users = users;
        this.clock = clock;
    }

    private VectorStore shown(Row row) {
        return VectorStoreRow.store(row, now());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** Saves a new store with its first files, whose ingestion begins. */
    public Uni<VectorStore> create(
            String projectId, VectorStore store, List<VectorStoreFile> files) {
        return AddFilesStatement.of(projectId, store.id(), files)
                .withStore(pool, store)
                .invoke(saved -> saved.publish(outbox))
                .chain(() -> find(projectId, store.id()))
                .map(found -> found == null ? store : found);
    }

    /** The store, or null. */
    public Uni<@Nullable VectorStore> find(String projectId, String id) {
        return all(projectId, List.of(id)).<@Nullable VectorStore>map(found -> found.get(id));
    }

    /** Those of these stores that exist, by id. */
    public Uni<Map<String, VectorStore>> all(String projectId, Collection<String> ids) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(ids.toArray(String[]::new), projectId))
                .map(
                        rows -> {
                            Map<String, VectorStore> found = new LinkedHashMap<>();
                            for (Row row : rows) {
                                VectorStore store = shown(row);
                                found.put(store.id(), store);
                            }
                            return found;
                        });
    }

    /** Records that these stores are used now, which postpones their expiry. */
    public Uni<Void> used(String projectId, Collection<String> ids) {
        return pool.preparedQuery(USED)
                .execute(Tuple.of(ids.toArray(String[]::new), projectId, now()))
                .replaceWithVoid();
    }

    /** Changes the document of a store under its lock; null if there is none. */
    public Uni<@Nullable VectorStore> modify(
            String projectId, String id, UnaryOperator<VectorStore> change) {
        return lock.locked(projectId, id, (c, found) -> save(c, projectId, found, change));
    }

    private Uni<@Nullable VectorStore> save(
            SqlConnection c,
            String projectId,
            VectorStore found,
            UnaryOperator<VectorStore> change) {
        VectorStore changed = change.apply(found);
        return c.preparedQuery(SAVE)
                .execute(Tuple.of(found.id(), projectId, Json.compact(changed)))
                .<@Nullable VectorStore>map(
                        done ->
                                changed.with(
                                        found.fileCounts(),
                                        found.usageBytes(),
                                        found.lastActiveAt(),
                                        now()));
    }

    /**
     * Deletes the store; false if there is none. It is removed from assistants and threads first,
     * so that a deletion that is repeated after a crash completes the first one. Its contents are
     * deleted in parts, because a statement that deletes a million chunks takes longer than the
     * timeout.
     */
    public Uni<Boolean> delete(String projectId, String id) {
        return users.forget(projectId, id)
                .chain(() -> inParts(DELETE_CHUNKS, projectId, id))
                .chain(() -> inParts(DELETE_FILES, projectId, id))
                .chain(() -> pool.preparedQuery(DELETE).execute(Tuple.of(id, projectId)))
                .map(rows -> rows.rowCount() > 0);
    }

    private Uni<Void> inParts(String delete, String projectId, String id) {
        return pool.preparedQuery(delete)
                .execute(Tuple.of(id, projectId, PART))
                .chain(
                        deleted ->
                                deleted.rowCount() < PART
                                        ? Uni.createFrom().voidItem()
                                        : inParts(delete, projectId, id));
    }

    /** A page of the project's stores. */
    public Uni<Page<VectorStore>> list(String projectId, ListQuery query) {
        return ofProject.page(pool, query, projectId);
    }
}
