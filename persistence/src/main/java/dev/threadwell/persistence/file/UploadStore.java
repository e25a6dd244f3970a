package dev.threadwell.persistence.file;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadPart;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Uploads, which are files that are sent in parts. Every change is one statement, and only pending
 * uploads can change.
 */
@ApplicationScoped
public class UploadStore {

    private static final String IS_PENDING =
            "status = 'pending' and expires_at > extract(epoch from now())";

    private static final Statement INSERT =
            Statement.of(
                    """
                    insert into uploads (id, project_id, status, expires_at, file_lives_seconds, document)
                    values (:id, :project_id, :status, :expires_at, :file_lives_seconds,
                        :document::text::json)
                    """);

    private static final String FIND =
            """
            select document::text as document, file_lives_seconds,
                status = 'pending' and not (%s) as expired,
                coalesce((select json_agg(json_build_object('id', p.id, 'blob', p.blob, 'bytes', p.bytes))
                    from upload_parts p where p.upload_id = uploads.id), '[]')::text as parts
            from uploads where id = $1 and project_id = $2
            """
                    .formatted(IS_PENDING);

    private static final Statement ADD_PART =
            Statement.of(
                    """
                    with u as (
                        update uploads set received = received + :bytes
                        where id = :upload_id and project_id = :project_id
                            and received + :bytes <= :maximum and %s
                        returning id),
                    b as (
                        update blobs set owner = u.id from u
                        where blobs.id = :blob and owner is null returning blobs.id)
                    insert into upload_parts (id, upload_id, blob, bytes)
                    select :id, u.id, b.id, :bytes from u, b
                    """
                            .formatted(IS_PENDING));

    /**
     * The file becomes the owner of its parts' blobs; the blobs of parts that were left out lose
     * their owner.
     */
    private static final Statement COMPLETE =
            Statement.of(
                    """
                    with u as (
                        update uploads set status = 'completed', document = :document::text::json
                        where id = :id and project_id = :project_id and %s returning id, project_id),
                    p as (delete from upload_parts using u where upload_id = u.id returning blob),
                    f as (
                        insert into files
                            (id, project_id, purpose, expires_at, blobs, filename, bytes, document)
                        select :file_id, u.project_id, :purpose, :expires_at, :blobs, :filename,
                            :bytes, :file::text::json
                        from u returning id),
                    b as (
                        update blobs
                        set owner = case when p.blob = any(:blobs) then f.id end, since = '-infinity'
                        from p, f where blobs.id = p.blob)
                    select id from f
                    """
                            .formatted(IS_PENDING));

    /**
     * Locks the upload before it ends, in a statement of its own: so the next statement sees all
     * parts that were added while this one waited for the lock.
     */
    private static final String LOCK =
            "select id from uploads where id = $1 and project_id = $2 for update";

    private static final String LOCK_OVERDUE =
            """
            select id, document::text as document from uploads
            where status = 'pending' and expires_at <= extract(epoch from now())
            order by expires_at limit $1 for update skip locked
            """;

    private static final String FREE =
            """
            p as (delete from upload_parts using u where upload_id = u.id returning blob),
            b as (
                update blobs set owner = null, since = '-infinity' from p
                where blobs.id = p.blob returning blobs.id)
            """;

    private static final Statement CANCEL =
            Statement.of(
                    """
                    with u as (
                        update uploads set status = 'cancelled', document = :document::text::json
                        where id = :id and project_id = :project_id and %s returning id),
                    %s
                    select array(select id from b) as blobs from u
                    """
                            .formatted(IS_PENDING, FREE));

    private static final String EXPIRE =
            """
            with u as (
                update uploads set status = 'expired', document = x.document::json
                from unnest($1::text[], $2::text[]) as x(id, document)
                where uploads.id = x.id returning uploads.id),
            %s
            select id from u
            """
                    .formatted(FREE);

    private final Pool pool;

    @Inject
    public UploadStore(Pool pool) {
        this.pool = pool;
    }

    /** A part with the id of its blob. */
    public record Part(String id, String blob, long bytes) {}

    /**
     * An upload with its parts.
     *
     * @param fileLives the lifetime of its file in seconds; null if it is unlimited
     * @param parts by id; empty once the upload is not pending any more
     */
    public record Found(Upload upload, @Nullable Long fileLives, Map<String, Part> parts) {}

    /** Saves a new upload. */
    public Uni<Upload> create(String projectId, Upload upload, @Nullable Long fileLives) {
        return INSERT.with("id", upload.id())
                .with("project_id", projectId)
                .with("status", upload.status().wire())
                .with("expires_at", upload.expiresAt())
                .with("file_lives_seconds", fileLives)
                .with("document", Json.compact(upload))
                .execute(pool)
                .replaceWith(upload);
    }

    /**
     * The upload, or null. An overdue upload is returned as expired, even if it has not been swept
     * yet.
     */
    public Uni<@Nullable Found> find(String projectId, String id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, projectId))
                .<@Nullable Found>map(UploadStore::found);
    }

    private static @Nullable Found found(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        Upload upload = Json.read(row.getString("document"), Upload.class);
        Map<String, Part> parts = new HashMap<>();
        for (Part part : Json.read(row.getString("parts"), Part[].class)) {
            parts.put(part.id(), part);
        }
        return new Found(
                row.getBoolean("expired") ? upload.with(UploadStatus.EXPIRED, null) : upload,
                row.getLong("file_lives_seconds"),
                parts);
    }

    /**
     * Adds a part; returns false if the upload is not pending any more or would become too large.
     */
    public Uni<Boolean> add(
            String projectId, UploadPart part, BlobLedger.Kept bytes, long maximum) {
        return ADD_PART.with("id", part.id())
                .with("upload_id", part.uploadId())
                .with("project_id", projectId)
                .with("blob", bytes.id())
                .with("bytes", bytes.bytes())
                .with("maximum", maximum)
                .execute(pool)
                .map(rows -> rows.rowCount() > 0);
    }

    /**
     * Creates the file from these parts in this order; returns false if the upload is not pending
     * any more.
     */
    public Uni<Boolean> complete(String projectId, Upload completed, List<Part> parts) {
        FileObject file = completed.file();
        if (file == null) {
            throw new IllegalArgumentException("a completed upload has its file");
        }
        Statement.Bound statement =
                COMPLETE.with("id", completed.id())
                        .with("project_id", projectId)
                        .with("document", Json.compact(completed))
                        .with("file_id", file.id())
                        .with("purpose", file.purpose())
                        .with("expires_at", file.expiresAt())
                        .with("blobs", parts.stream().map(Part::blob).toArray(String[]::new))
                        .with("filename", FileStore.filename(file))
                        .with("bytes", file.bytes())
                        .with("file", Json.compact(file));
        return ended(statement, completed.id(), projectId).map(rows -> rows.size() > 0);
    }

    /**
     * Cancels the upload and returns the ids of the blobs that lost their owner; null if it is not
     * pending.
     */
    public Uni<@Nullable List<String>> cancel(String projectId, Upload cancelled) {
        Statement.Bound statement =
                CANCEL.with("id", cancelled.id())
                        .with("project_id", projectId)
                        .with("document", Json.compact(cancelled));
        return ended(statement, cancelled.id(), projectId)
                .<@Nullable List<String>>map(UploadStore::freed);
    }

    private static @Nullable List<String> freed(RowSet<Row> rows) {
        List<String> blobs = new ArrayList<>();
        for (Row row : rows) {
            blobs.addAll(List.of(row.getArrayOfStrings("blobs")));
        }
        return rows.size() == 0 ? null : blobs;
    }

    private Uni<RowSet<Row>> ended(Statement.Bound statement, String id, String projectId) {
        return pool.withTransaction(
                c ->
                        c.preparedQuery(LOCK)
                                .execute(Tuple.of(id, projectId))
                                .chain(() -> statement.execute(c)));
    }

    /** Expires up to {@code limit} overdue uploads; their blobs are swept later. */
    public Uni<Integer> expireOverdue(int limit) {
        return pool.withTransaction(
                        c ->
                                c.preparedQuery(LOCK_OVERDUE)
                                        .execute(Tuple.of(limit))
                                        .chain(overdue -> expire(c, overdue)))
                .map(RowSet::size);
    }

    private static Uni<RowSet<Row>> expire(SqlConnection c, RowSet<Row> overdue) {
        String[] ids = new String[overdue.size()];
        String[] documents = new String[overdue.size()];
        int i = 0;
        for (Row row : overdue) {
            Upload upload = Json.read(row.getString("document"), Upload.class);
            ids[i] = row.getString("id");
            documents[i++] = Json.compact(upload.with(UploadStatus.EXPIRED, null));
        }
        return c.preparedQuery(EXPIRE).execute(Tuple.of(ids, documents));
    }
}
