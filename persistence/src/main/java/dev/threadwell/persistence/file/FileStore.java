package dev.threadwell.persistence.file;

import dev.threadwell.file.FileObject;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metadata of a project's files; their contents are in the blob store. */
@ApplicationScoped
public class FileStore {

    private static final String TABLE = "live_files";

    private static final Listing<FileObject> OF_PROJECT =
            new Listing<>(
                    TABLE,
                    FileObject.OBJECT,
                    FileObject.class,
                    FileObject::id,
                    List.of("project_id"));

    private static final Listing<FileObject> OF_PURPOSE = OF_PROJECT.filteredBy("purpose");

    /** Inserts nothing if one of the blobs has been swept meanwhile. */
    private static final Statement INSERT =
            Statement.of(
                    """
                    with b as (
                        update blobs set owner = :id where id = any(:blobs) and owner is null returning id)
                    insert into files (id, project_id, purpose, expires_at, blobs, filename, bytes, document)
                    select :id, :project_id, :purpose, :expires_at, :blobs, :filename, :bytes, :document::text::json
                    where (select count(*) from b) = cardinality(:blobs::text[])
                    """);

    /** Leaves the blobs without an owner if the file exists already. */
    private static final Statement INSERT_ONCE =
            Statement.of(
                    """
                    with b as (
                        update blobs set owner = :id where id = any(:blobs) and owner is null
                            and not exists (select 1 from files where id = :id)
                        returning id)
                    insert into files (id, project_id, purpose, expires_at, blobs, filename, bytes, document)
                    select :id, :project_id, :purpose, :expires_at, :blobs, :filename, :bytes, :document::text::json
                    where (select count(*) from b) = cardinality(:blobs::text[])
                    on conflict (id) do nothing
                    """);

    private static final String FIND =
            """
            select blobs, document::text as document from live_files
            where project_id = $1 and id = any($2)
            """;

    private static final String FIND_FOR_THREAD =
            """
            select f.blobs, f.document::text as document
            from live_files f join threads t on t.project_id = f.project_id
            where t.id = $1 and f.id = any($2)
            """;

    private static final String DELETE =
            """
            with f as (
                delete from files where id = $2 and project_id = $1
                returning id, expires_at is null or expires_at > extract(epoch from now()) as alive),
            b as (
                update blobs set owner = null, since = '-infinity' from f where owner = f.id
                returning blobs.id)
            select f.alive, array(select id from b) as blobs from f
            """;

    private static final String EXPIRED =
            """
            with f as (
                delete from files where id in (
                    select id from files where expires_at <= extract(epoch from now())
                    order by expires_at limit $1 for update skip locked)
                returning id)
            update blobs set owner = null, since = '-infinity' from f where owner = f.id
            """;

    private static final String BYTES =
            """
            select coalesce(sum(bytes), 0)::bigint as bytes
            from live_files where project_id = $1
            """;

    private final Pool pool;

    @Inject
    public FileStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * Saves a new file, which becomes the owner of its blobs.
     *
     * @param blobs the ids of blobs without an owner, see {@link BlobLedger#keep}
     */
    public Uni<FileObject> create(String projectId, FileObject file, List<String> blobs) {
        return bound(INSERT, projectId, file, blobs).execute(pool).map(rows -> saved(rows, file));
    }

    /** The total size of a project's files in bytes. */
    public Uni<Long> bytes(String projectId) {
        return pool.preparedQuery(BYTES)
                .execute(Tuple.of(projectId))
                .map(rows -> rows.iterator().next().getLong("bytes"));
    }

    /**
     * Saves a new file; returns false if it exists already, and then leaves the blobs without an
     * owner.
     */
    public Uni<Boolean> createOnce(String projectId, FileObject file, List<String> blobs) {
        return bound(INSERT_ONCE, projectId, file, blobs)
                .execute(pool)
                .map(rows -> rows.rowCount() > 0);
    }

    private static Statement.Bound bound(
            Statement insert, String projectId, FileObject file, List<String> blobs) {
        return insert.with("id", file.id())
                .with("project_id", projectId)
                .with("purpose", file.purpose())
                .with("expires_at", file.expiresAt())
                .with("blobs", blobs.toArray(String[]::new))
                .with("filename", filename(file))
                .with("bytes", file.bytes())
                .with("document", Json.compact(file));
    }

    /** The file name for its column: a PostgreSQL text cannot contain a zero character. */
    static String filename(FileObject file) {
        return file.filename().replace("\0", "");
    }

    private static FileObject saved(RowSet<Row> rows, FileObject file) {
        if (rows.rowCount() == 0) {
            throw new IllegalStateException("the bytes were removed before their file was saved");
        }
        return file;
    }

    /** The file, or null. */
    public Uni<@Nullable FileObject> find(String projectId, String id) {
        return stored(projectId, id)
                .<@Nullable FileObject>map(found -> found == null ? null : found.file());
    }

    /** The file with the ids of its blobs, or null. */
    public Uni<@Nullable StoredFile> stored(String projectId, String id) {
        return all(projectId, List.of(id)).<@Nullable StoredFile>map(found -> found.get(id));
    }

    /** Those of these files that exist, by id. */
    public Uni<Map<String, StoredFile>> all(String projectId, Collection<String> ids) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(projectId, ids.toArray(String[]::new)))
                .map(FileStore::files);
    }

    /** Those of these files that exist in the project of a thread, by id. */
    public Uni<Map<String, StoredFile>> allForThread(String threadId, Collection<String> ids) {
        return pool.preparedQuery(FIND_FOR_THREAD)
                .execute(Tuple.of(threadId, ids.toArray(String[]::new)))
                .map(FileStore::files);
    }

    private static Map<String, StoredFile> files(RowSet<Row> rows) {
        Map<String, StoredFile> files = new LinkedHashMap<>();
        for (Row row : rows) {
            FileObject file = Json.read(row.getString("document"), FileObject.class);
            files.put(file.id(), new StoredFile(file, List.of(row.getArrayOfStrings("blobs"))));
        }
        return files;
    }

    /** A page of the project's files, optionally only those of one purpose. */
    public Uni<Page<FileObject>> list(String projectId, @Nullable String purpose, ListQuery query) {
        return purpose == null
                ? OF_PROJECT.page(pool, query, projectId)
                : OF_PURPOSE.page(pool, query, projectId, purpose);
    }

    /**
     * Deletes the file and returns the ids of its blobs, which have no owner any more; null if
     * there is no such file.
     */
    public Uni<@Nullable List<String>> delete(String projectId, String id) {
        return pool.preparedQuery(DELETE)
                .execute(Tuple.of(projectId, id))
                .<@Nullable List<String>>map(FileStore::freed);
    }

    private static @Nullable List<String> freed(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return row.getBoolean("alive") ? List.of(row.getArrayOfStrings("blobs")) : null;
    }

    /**
     * Deletes up to {@code limit} expired files; returns the number of their blobs, which are swept
     * later.
     */
    public Uni<Integer> deleteExpired(int limit) {
        return pool.preparedQuery(EXPIRED).execute(Tuple.of(limit)).map(RowSet::rowCount);
    }
}
