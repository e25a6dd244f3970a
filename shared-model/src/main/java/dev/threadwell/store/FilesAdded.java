package dev.threadwell.store;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.Outbox;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.topic.Topics;
import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Files that come into a store, with their facts, as one statement: along with the store itself,
 * into one that exists, or as a batch. A file that is there already stays as it is, unless it could
 * not be read or was cancelled: then it is read again.
 */
record FilesAdded(String projectId, String storeId, List<VectorStoreFile> files) {

    private static final String ADDED =
            """
            given as (
                select x.n, x.id, x.document, x.attributes, x.payload,
                    f.document ->> 'filename' as filename
                from unnest($3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
                    as x(id, document, attributes, payload, n)
                join live_files f on f.id = x.id and f.project_id = $2),
            before as (
                select id, status from vector_store_files
                where vector_store_id = $1 and id = any($3::text[])),
            added as (
                insert into vector_store_files
                    (id, vector_store_id, project_id, status, filename, attributes, document)
                select id, $1, $2, 'in_progress', filename, attributes::jsonb, document::json
                from given order by n
                on conflict (vector_store_id, id) do update set
                        status = 'in_progress', seq = default, last_error = null,
                        attributes = excluded.attributes, document = excluded.document
                    where vector_store_files.status in ('failed', 'cancelled')
                returning id),
            moved as (
                select added.id as file_id, before.status as was, 'in_progress' as is_now,
                    0::bigint as bytes
                from added left join before using (id)),
            o as (
                insert into outbox (shard, topic, key, headers, payload)
                select $7::int, $8, $1, '{}'::json, given.payload from given join added using (id) order by n
                returning id),
            """;

    private static final String FACTS =
            """
            select array(select id from o order by id) as facts,
                array(select payload from given join added using (id) order by n) as payloads
            """;

    private static final String WITH_STORE =
            "with "
                    + ADDED
                    + """
                    s as (
                        insert into vector_stores (id, project_id, in_progress, last_active_at, document)
                        select $1, $2, (select count(*) from given), $9::bigint, $10::text::json)
                    """
                    + FACTS;

    private static final String INTO_STORE =
            "with " + ADDED + FileMoves.counted("last_active_at = $9::bigint,") + FACTS;

    private static final String AS_BATCH =
            "with "
                    + ADDED
                    + FileMoves.counted("last_active_at = $9::bigint,")
                    + """
                    , statuses as (
                        select given.id, coalesce(moved.is_now, before.status) as status
                        from given
                        left join moved on moved.file_id = given.id
                        left join before on before.id = given.id),
                    batch as (
                        insert into vector_store_file_batches
                            (id, vector_store_id, project_id, in_progress, completed, document)
                        select $10, $1, $2, count(*) filter (where status = 'in_progress'),
                            count(*) filter (where status = 'completed'), $11::text::json
                        from statuses),
                    members as (
                        insert into vector_store_batch_members (batch_id, vector_store_id, file_id)
                        select $10, $1, id from given)
                    """
                    + FACTS;

    static FilesAdded of(String projectId, String storeId, List<VectorStoreFile> files) {
        Map<String, VectorStoreFile> once = new LinkedHashMap<>();
        files.forEach(file -> once.putIfAbsent(file.id(), file));
        return new FilesAdded(projectId, storeId, List.copyOf(once.values()));
    }

    /** Facts that are about to be committed, with the ids of their rows. */
    @SuppressWarnings("ArrayRecordComponent")
    record Saved(Long[] ids, List<Fact> facts) {

        void publish(Outbox outbox) {
            outbox.committed(ids, facts);
        }
    }

    /** Saves the store with these files in it. */
    Uni<Saved> withStore(SqlClient c, VectorStore store) {
        return execute(c, WITH_STORE, parameters(store.createdAt()).addString(Json.compact(store)));
    }

    /** Adds the files to the store, whose row has been locked before. */
    Uni<Saved> intoStore(SqlClient c, long now) {
        return execute(c, INTO_STORE, parameters(now));
    }

    /** Adds the files to the store, whose row has been locked before, as a batch. */
    Uni<Saved> asBatch(SqlClient c, FileBatch batch) {
        return execute(
                c,
                AS_BATCH,
                parameters(batch.createdAt()).addString(batch.id()).addString(Json.compact(batch)));
    }

    private Uni<Saved> execute(SqlClient c, String sql, Tuple parameters) {
        return c.preparedQuery(sql).execute(parameters).map(rows -> saved(rows.iterator().next()));
    }

    private Saved saved(Row row) {
        List<Fact> facts =
                Arrays.stream(row.getArrayOfStrings("payloads"))
                        .map(payload -> new Fact(Topics.FILE_ADDED, storeId, Map.of(), payload))
                        .toList();
        return new Saved(row.getArrayOfLongs("facts"), facts);
    }

    private Tuple parameters(long now) {
        return Tuple.tuple()
                .addString(storeId)
                .addString(projectId)
                .addArrayOfString(column(VectorStoreFile::id))
                .addArrayOfString(column(Json::compact))
                .addArrayOfString(column(file -> Json.compact(file.attributes())))
                .addArrayOfString(
                        column(file -> Json.compact(new FileAdded(projectId, storeId, file.id()))))
                .addInteger(Outbox.shard(storeId))
                .addString(Topics.FILE_ADDED)
                .addLong(now);
    }

    private String[] column(Function<VectorStoreFile, String> value) {
        return files.stream().map(value).toArray(String[]::new);
    }
}
