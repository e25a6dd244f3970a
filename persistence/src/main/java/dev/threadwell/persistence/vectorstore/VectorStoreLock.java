package dev.threadwell.persistence.vectorstore;

import dev.threadwell.vectorstore.VectorStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Transactions under the lock of a store's row, which every change of its files takes first. */
@ApplicationScoped
public class VectorStoreLock {

    private static final String LOCK =
            "select "
                    + VectorStoreRow.STORE
                    + " from vector_stores where id = $1 and project_id = $2 for update";

    private final Pool pool;
    private final InstantSource clock;

    @Inject
    public VectorStoreLock(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Work that runs under the lock of a store. */
    interface Work<T> {

        Uni<@Nullable T> on(SqlConnection c, VectorStore store);
    }

    /** Runs the work under the lock; null if there is no such store. */
    <T> Uni<@Nullable T> locked(String projectId, String id, Work<T> work) {
        return pool.<@Nullable T>withTransaction(
                c -> locked(c, projectId, id).chain(found -> work(c, found, work)));
    }

    private static <T> Uni<@Nullable T> work(
            SqlConnection c, @Nullable VectorStore found, Work<T> work) {
        if (found == null) {
            return Uni.createFrom().nullItem();
        }
        return work.on(c, found);
    }

    /** The store, locked until the transaction ends; null if there is none. */
    Uni<@Nullable VectorStore> locked(SqlConnection c, String projectId, String id) {
        long now = clock.instant().getEpochSecond();
        return c.preparedQuery(LOCK)
                .execute(Tuple.of(id, projectId))
                .<@Nullable VectorStore>map(
                        rows ->
                                rows.rowCount() == 0
                                        ? null
                                        : VectorStoreRow.store(rows.iterator().next(), now));
    }
}
