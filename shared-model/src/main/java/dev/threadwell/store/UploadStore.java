package dev.threadwell.store;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadPart;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that come in parts; every change is one statement, and only a pending upload changes. */
@ApplicationScoped
public class UploadStore {

    private static final String IS_PENDING =
            "status = 'pending' and expires_at > extract(epoch from now())";

    private static final String INSERT =
            """
            insert into uploads (id, project_id, status, expires_at, file_lives_seconds, document)
            values ($1, $2, $3, $4, $5, $6::text::json)
            """;

    private static final String FIND =
            """
            select document::text as document, file_lives_seconds,
                status = 'pending' and not (%s) as expired,
                coalesce((select json_agg(json_build_object('id', p.id, 'blob', p.blob, 'bytes', p.bytes))
                    from upload_parts p where p.upload_id = uploads.id), '[]')::text as parts
            from uploads where id = $1 and project_id = $2
            """
                    .formatted(IS_PENDING);

    private static final String ADD_PART =
            """
            with u as (
                update uploads set received = received + $5
                where id = $1 and project_id = $2 and received + $5 <= $6 and %s returning id),
            b as (
                update blobs set owner = u.id from u
                where blobs.id = $4 and owner is null returning blobs.id)
            insert into upload_parts (id, upload_id, blob, bytes) select $3, u.id, b.id, $5 from u, b
            """
                    .formatted(IS_PENDING);

    /** The bytes of the parts become the file's; those of parts left out become nobody's. */
    private static final String COMPLETE =
            """
            with u as (
                update uploads set status = 'completed', document = $3::text::json
                where id = $1 and project_id = $2 and %s returning id, project_id),
            p as (delete from upload_parts using u where upload_id = u.id returning blob),
            f as (
                insert into files (id, project_id, purpose, expires_at, blobs, document)
                select $4, u.project_id, $5, $6, $7, $8::text::json from u returning id),
            b as (
                update blobs set owner = case when p.blob = any($7) then f.id end, since = '-infinity'
                from p, f where blobs.id = p.blob)
            select id from f
            """
                    .formatted(IS_PENDING);

    /**
     * Before an upload ends, in a statement of its own: the next one sees each part that was added
     * while this one waited.
     */
    private static final String LOCK =
            "select id from uploads where id = $1 and project_id = $2 for update";

    private static final String LOCK_OVERDUE =
            """
            select id from uploads where status = 'pending' and expires_at <= extract(epoch from now())
            order by expires_at limit $1 for update skip locked
            """;

    private static final String FREE =
            """
            p as (delete from upload_parts using u where upload_id = u.id returning blob),
            b as (
                update blobs set owner = null, since = '-infinity' from p
                where blobs.id = p.blob returning blobs.id)
            """;

    private static final String CANCEL =
            """
            with u as (
                update uploads set status = 'cancelled', document = $3::text::json
                where id = $1 and project_id = $2 and %s returning id),
            %s
            select array(select id from b) as blobs from u
            """
                    .formatted(IS_PENDING, FREE);

    private static final String EXPIRE =
            """
            with u as (
                update uploads set status = 'expired',
                    document = (document::jsonb || '{"status": "expired"}')::json
                where id = any($1) returning id),
            %s
            select id from u
            """
                    .formatted(FREE);

    private final Pool pool;

    @Inject
    public UploadStore(Pool pool) {
        this.pool = pool;
    }

    /** The bytes of a part. */
    public record Part(String id, String blob, long bytes) {}

    /**
     * An upload and what has come of it.
     *
     * @param fileLives how many seconds its file lives; null: for ever
     * @param parts by their ids; none once it is no longer pending
     */
    public record Found(Upload upload, @Nullable Long fileLives, Map<String, Part> parts) {}

    /** Saves a new upload. */
    public Uni<Upload> create(String projectId, Upload upload, @Nullable Long fileLives) {
        return pool.preparedQuery(INSERT)
                .execute(
                        Tuple.of(
                                upload.id(),
                                projectId,
                                upload.status().wire(),
                                upload.expiresAt(),
                                fileLives,
                                Json.compact(upload)))
                .replaceWith(upload);
    }

    /** The upload, or null. One whose time is over is expired, whether it was swept or not. */
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

    /** Adds a part; false if the upload is not pending any more or would get too large. */
    public Uni<Boolean> add(String projectId, UploadPart part, Blobs.Kept bytes, long maximum) {
        return pool.preparedQuery(ADD_PART)
                .execute(
                        Tuple.of(
                                part.uploadId(),
                                projectId,
                                part.id(),
                                bytes.id(),
                                bytes.bytes(),
                                maximum))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Makes a file of the parts in this order; false if the upload is not pending any more. */
    public Uni<Boolean> complete(String projectId, Upload completed, List<Part> parts) {
        FileObject file = completed.file();
        if (file == null) {
            throw new IllegalArgumentException("a completed upload has its file");
        }
        return ended(
                        COMPLETE,
                        completed.id(),
                        projectId,
                        Tuple.of(
                                        completed.id(),
                                        projectId,
                                        Json.compact(completed),
                                        file.id(),
                                        file.purpose(),
                                        file.expiresAt())
                                .addArrayOfString(
                                        parts.stream().map(Part::blob).toArray(String[]::new))
                                .addString(Json.compact(file)))
                .map(rows -> rows.size() > 0);
    }

    /** Cancels the upload; null if it is not pending, else the ids of bytes that are nobody's. */
    public Uni<@Nullable List<String>> cancel(String projectId, Upload cancelled) {
        Tuple parameters = Tuple.of(cancelled.id(), projectId, Json.compact(cancelled));
        return ended(CANCEL, cancelled.id(), projectId, parameters)
                .<@Nullable List<String>>map(UploadStore::freed);
    }

    private static @Nullable List<String> freed(RowSet<Row> rows) {
        List<String> blobs = new ArrayList<>();
        for (Row row : rows) {
            blobs.addAll(List.of(row.getArrayOfStrings("blobs")));
        }
        return rows.size() == 0 ? null : blobs;
    }

    private Uni<RowSet<Row>> ended(String sql, String id, String projectId, Tuple parameters) {
        return pool.withTransaction(
                c ->
                        c.preparedQuery(LOCK)
                                .execute(Tuple.of(id, projectId))
                                .chain(() -> c.preparedQuery(sql).execute(parameters)));
    }

    /** Expires some uploads whose time is over; their bytes are swept later. */
    public Uni<Integer> expireOverdue(int limit) {
        return pool.withTransaction(
                        c ->
                                c.preparedQuery(LOCK_OVERDUE)
                                        .execute(Tuple.of(limit))
                                        .chain(
                                                overdue ->
                                                        c.preparedQuery(EXPIRE)
                                                                .execute(
                                                                        Tuple.tuple()
                                                                                .addArrayOfString(
                                                                                        ids(
                                                                                                overdue)))))
                .map(RowSet::size);
    }

    private static String[] ids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString("id")).toArray(String[]::new);
    }
}
