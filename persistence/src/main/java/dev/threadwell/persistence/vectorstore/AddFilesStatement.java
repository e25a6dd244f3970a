package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.topic.Topics;
import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds files to a store, with their outbox messages, in one statement: together with a new store,
 * to an existing store, or as a batch. A file that the store contains already is not changed,
 * except that a failed or cancelled one is ingested again.
 */
record AddFilesStatement(String projectId, String storeId, List<VectorStoreFile> files) {

    private static final String ADDED =
            """
            given as (
                select x.n, x.id, x.document, x.attributes, x.payload,
                    f.filename
                from unnest(:ids::text[], :documents::text[], :attributes::text[], :payloads::text[])
                    with ordinality as x(id, document, attributes, payload, n)
                join live_files f on f.id = x.id and f.project_id = :project_id),
            before as (
                select id, status from vector_store_files
                where vector_store_id = :store_id and id = any(:ids::text[])),
            added as (
                insert into vector_store_files
                    (id, vector_store_id, project_id, status, filename, attributes, document)
                select id, :store_id, :project_id, 'in_progress', filename, attributes::jsonb, document::json
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
                select :shard::int, :topic, :store_id, '{}'::json, given.payload
                from given join added using (id) order by n
                returning id),
            """;

    private static final String FACTS =
            """
            select array(select id from o order by id) as outbox_ids,
                array(select payload from given join added using (id) order by n) as payloads
            """;

    private static final Statement WITH_STORE =
            Statement.of(
                    "with "
                            + ADDED
                            + """
                    s as (
                        insert into vector_stores
                            (id, project_id, in_progress, last_active_at, document)
                        select :store_id, :project_id, (select count(*) from given), :now::bigint,
                            :store::text::json)
                    """
                            + FACTS);

    private static final Statement INTO_STORE =
            Statement.of(
                    "with "
                            + ADDED
                            + StatusCounters.counted("last_active_at = :now::bigint,")
                            + FACTS);

    private static final Statement AS_BATCH =
            Statement.of(
                    "with "
                            + ADDED
                            + StatusCounters.counted("last_active_at = :now::bigint,")
                            + """
                    , statuses as (
                        select given.id, coalesce(moved.is_now, before.status) as status
                        from given
                        left join moved on moved.file_id = given.id
                        left join before on before.id = given.id),
                    batch as (
                        insert into vector_store_file_batches
                            (id, vector_store_id, project_id, in_progress, completed, document)
                        select :batch_id, :store_id, :project_id, count(*) filter (where status = 'in_progress'),
                            count(*) filter (where status = 'completed'), :batch::text::json
                        from statuses),
                    members as (
                        insert into vector_store_batch_members (batch_id, vector_store_id, file_id)
                        select :batch_id, :store_id, id from given)
                    """
                            + FACTS);

    static AddFilesStatement of(String projectId, String storeId, List<VectorStoreFile> files) {
        Map<String, VectorStoreFile> once = new LinkedHashMap<>();
        files.forEach(file -> once.putIfAbsent(file.id(), file));
        return new AddFilesStatement(projectId, storeId, List.copyOf(once.values()));
    }

    /** Outbox messages that are about to be committed, with the ids of their rows. */
    @SuppressWarnings("ArrayRecordComponent")
    record Saved(Long[] ids, List<OutboxMessage> outboxMessages) {

        void publish(Outbox outbox) {
            outbox.committed(ids, outboxMessages);
        }
    }

    /** Inserts the store with these files. */
    Uni<Saved> withStore(SqlClient c, VectorStore store) {
        return execute(c, bound(WITH_STORE, store.createdAt()).with("store", Json.compact(store)));
    }

    /** Adds the files to the store, whose row must be locked. */
    Uni<Saved> intoStore(SqlClient c, long now) {
        return execute(c, bound(INTO_STORE, now));
    }

    /** Adds the files to the store, whose row must be locked, as a batch. */
    Uni<Saved> asBatch(SqlClient c, FileBatch batch) {
        return execute(
                c,
                bound(AS_BATCH, batch.createdAt())
                        .with("batch_id", batch.id())
                        .with("batch", Json.compact(batch)));
    }

    private Uni<Saved> execute(SqlClient c, Statement.Bound statement) {
        return statement.execute(c).map(rows -> saved(rows.iterator().next()));
    }

    private Saved saved(Row row) {
        List<OutboxMessage> outboxMessages =
                Arrays.stream(row.getArrayOfStrings("payloads"))
                        .map(
                                payload ->
                                        new OutboxMessage(
                                                Topics.FILE_ADDED, storeId, Map.of(), payload))
                        .toList();
        return new Saved(row.getArrayOfLongs("outbox_ids"), outboxMessages);
    }

    private Statement.Bound bound(Statement statement, long now) {
        return statement
                .with("store_id", storeId)
                .with("project_id", projectId)
                .with("ids", column(VectorStoreFile::id))
                .with("documents", column(Json::compact))
                .with("attributes", column(file -> Json.compact(file.attributes())))
                .with(
                        "payloads",
                        column(file -> Json.compact(new FileAdded(projectId, storeId, file.id()))))
                .with("shard", Outbox.shard(storeId))
                .with("topic", Topics.FILE_ADDED)
                .with("now", now);
    }

    private String[] column(Function<VectorStoreFile, String> value) {
        return files.stream().map(value).toArray(String[]::new);
    }
}
