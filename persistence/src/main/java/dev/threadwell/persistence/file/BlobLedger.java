package dev.threadwell.persistence.file;

import dev.threadwell.platform.blob.BlobStore;
import dev.threadwell.run.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Tracks the blobs of files in the database, so that none is leaked: a row is inserted before the
 * upload begins, it gets an owner when the file is saved, and blobs without an owner are
 * garbage-collected after a while.
 */
@ApplicationScoped
public class BlobLedger {

    /** Longer than any upload takes. */
    private static final Duration ORPHANED = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(BlobLedger.class);

    private static final String ANNOUNCE = "insert into blobs (id) values ($1)";

    private static final String ORPHANS =
            """
            select id from blobs
            where owner is null and since < now() - $1 * interval '1 millisecond'
            order by since limit $2
            """;

    /** Locks the row, so that the blob does not get an owner while its contents are deleted. */
    private static final String CLAIM =
            "select id from blobs where id = $1 and owner is null for update skip locked";

    private static final String FORGET = "delete from blobs where id = $1";

    private final Pool pool;
    private final BlobStore store;

    @Inject
    public BlobLedger(Pool pool, BlobStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** A blob that is stored and has no owner yet. */
    public record Kept(String id, long bytes) {}

    /** Stores a blob. If the source fails, this fails and nothing remains. */
    public Uni<Kept> keep(Multi<Buffer> bytes) {
        String id = Ids.blob();
        return pool.preparedQuery(ANNOUNCE)
                .execute(Tuple.of(id))
                .chain(() -> store.write(id, bytes))
                .map(count -> new Kept(id, count))
                .onFailure()
                .call(() -> drop(List.of(id)));
    }

    /** Reads these blobs one after the other. */
    public Multi<Buffer> read(List<String> ids) {
        return store.read(ids);
    }

    /**
     * Deletes those of these blobs that have no owner; blobs that cannot be deleted now are swept
     * later.
     */
    public Uni<Void> drop(Collection<String> ids) {
        return removed(ids).replaceWithVoid();
    }

    private Uni<Integer> removed(Collection<String> ids) {
        Uni<Integer> all = Uni.createFrom().item(0);
        for (String id : ids) {
            all = all.chain(before -> removed(id).map(one -> before + one));
        }
        return all;
    }

    /** Deletes up to {@code limit} blobs that have had no owner for too long; returns how many. */
    public Uni<Integer> sweep(int limit) {
        return pool.preparedQuery(ORPHANS)
                .execute(Tuple.of((double) ORPHANED.toMillis(), limit))
                .map(BlobLedger::ids)
                .chain(this::removed);
    }

    private Uni<Integer> removed(String id) {
        return pool.withTransaction(c -> removed(c, id))
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "bytes stay for now blobId=%s", id))
                .onFailure()
                .recoverWithItem(0);
    }

    private Uni<Integer> removed(SqlConnection c, String id) {
        return c.preparedQuery(CLAIM)
                .execute(Tuple.of(id))
                .chain(
                        found ->
                                found.size() == 0
                                        ? Uni.createFrom().item(0)
                                        : store.delete(id).chain(() -> forgotten(c, id)));
    }

    private static Uni<Integer> forgotten(SqlConnection c, String id) {
        return c.preparedQuery(FORGET).execute(Tuple.of(id)).map(RowSet::rowCount);
    }

    private static List<String> ids(RowSet<Row> rows) {
        List<String> ids = new ArrayList<>();
        for (Row row : rows) {
            ids.add(row.getString("id"));
        }
        return ids;
    }
}
