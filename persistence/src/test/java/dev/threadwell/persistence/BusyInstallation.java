package dev.threadwell.persistence;

import dev.threadwell.Samples;
import dev.threadwell.persistence.database.DatabasePool;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fixture: a schema of its own with 100,000 active runs, of which PostgreSQL believes that its
 * tables are empty, and one connection as services have it. What a statement has read is what
 * PostgreSQL has counted.
 */
final class BusyInstallation {

    static final int ACTIVE_RUNS = 100_000;
    static final int LONG_THREAD = 5_000;

    private static final int OUTBOX = 40_000;
    private static final int WORKERS = 50;

    private static final String SCHEMA = "busy";

    final Pool pool;
    final Stores stores;
    final String longThread;

    BusyInstallation() {
        Stores.migrate(System.getProperty("quarkus.datasource.jdbc.url"), SCHEMA);
        PgConnectOptions server =
                PgConnectOptions.fromUri(System.getProperty("quarkus.datasource.reactive.url"))
                        .setUser(System.getProperty("quarkus.datasource.username"))
                        .setPassword(System.getProperty("quarkus.datasource.password"))
                        .setCachePreparedStatements(true)
                        .setPreparedStatementCacheMaxSize(500)
                        .addProperty("search_path", SCHEMA);
        pool =
                Pool.newInstance(
                        new DatabasePool(Duration.ofMinutes(2), Duration.ofMinutes(2))
                                .create(
                                        Vertx.vertx(),
                                        new PoolOptions().setMaxSize(1),
                                        List.of(server)));
        stores = new Stores(pool, InstantSource.fixed(Samples.NOW));
        leaveStatisticsAsTheyAre();
        longThread = stores.thread().id();
    }

    /** Leaves the server to other tests as it was. */
    void remove() {
        run("drop schema " + SCHEMA + " cascade");
        Stores.await(pool.close());
    }

    private void run(String sql) {
        Stores.await(pool.query(sql).execute());
    }

    private void leaveStatisticsAsTheyAre() {
        run(
                """
                do $$ declare t text; begin
                    for t in select tablename from pg_tables where schemaname = current_schema loop
                        execute format('analyze %I', t);
                        execute format('alter table %I set (autovacuum_enabled = false)', t);
                    end loop;
                end $$
                """);
    }

    /** Adds what PostgreSQL is not told of. */
    void fill() {
        String question = Json.compact(Samples.question(longThread, "When does the ferry leave?"));
        String run = Json.compact(Samples.queued(longThread));
        run(
                """
                insert into workers (id, lease_until)
                select 'rw-' || n, now() + interval '1 day' from generate_series(1, %d) n
                on conflict do nothing
                """
                        .formatted(WORKERS));
        run(
                """
                insert into threads (id, project_id, document)
                select 'thread_' || n, '%s', '{"created_at":1}' from generate_series(1, %d) n
                """
                        .formatted(Stores.PROJECT, ACTIVE_RUNS));
        run(
                """
                insert into runs (id, project_id, thread_id, seq, status, worker, expires_at, spent, document)
                select 'run_' || n, '%s', 'thread_' || n, 1,
                    case when n %% 10 < 6 then 'in_progress' when n %% 10 < 9 then 'queued' else 'requires_action' end,
                    case when n %% 10 < 6 then 'rw-' || n %% %d + 1 end, 5000000000, '{}', '{}'
                from generate_series(1, %d) n
                """
                        .formatted(Stores.PROJECT, WORKERS, ACTIVE_RUNS));
        run(
                """
                insert into messages (id, project_id, thread_id, seq, role, document)
                select 'msg_' || n, '%s', 'thread_' || n, 1, 'user', '{}' from generate_series(1, %d) n
                """
                        .formatted(Stores.PROJECT, ACTIVE_RUNS));
        run(
                """
                insert into outbox (shard, topic, key, headers, payload, created_at)
                select n %% 16, 'run.announced', 'thread_' || n, '{}', '{}', now() + interval '1 hour'
                from generate_series(1, %d) n
                """
                        .formatted(OUTBOX));
        lengthen(question, run);
    }

    private void lengthen(String question, String run) {
        Stores.await(
                pool.preparedQuery(
                                """
                                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                                select 'msg_l' || n, $1, $2, 100 + n, 'user', 'run_l' || n / 2,
                                    $3::text::json
                                from generate_series(1, $4::int) n
                                """)
                        .execute(Tuple.of(Stores.PROJECT, longThread, question, LONG_THREAD)));
        Stores.await(
                pool.preparedQuery(
                                """
                                insert into runs (id, project_id, thread_id, seq, status, expires_at,
                                    ended_at, spent, document)
                                select 'run_l' || n, $1, $2, 100 + n, 'completed', 1, now(), '{}',
                                    $3::text::json
                                from generate_series(1, $4::int) n
                                """)
                        .execute(Tuple.of(Stores.PROJECT, longThread, run, LONG_THREAD / 2)));
        Stores.await(
                pool.preparedQuery(
                                """
                                insert into run_steps (id, project_id, thread_id, run_id, seq, type, open,
                                    spent, document)
                                select 'step_l' || n, $1, $2, 'run_l' || n, 100 + n, 'message_creation',
                                    false, '{}', '{}'
                                from generate_series(1, $3::int) n
                                """)
                        .execute(Tuple.of(Stores.PROJECT, longThread, LONG_THREAD / 2)));
        Stores.await(
                pool.preparedQuery("update threads set seq = 100000 where id = $1")
                        .execute(Tuple.of(longThread)));
    }

    Message question(String threadId) {
        return Samples.question(threadId, "And the next one?");
    }

    /**
     * What PostgreSQL has read so far, by table.
     *
     * @param rows rows of tables that were read as a whole, and entries of indexes
     * @param wholly the rows of these that were read without an index
     * @param blocks blocks of the table, its indexes and what is beside it
     */
    record Read(long rows, long wholly, long blocks) {

        Read since(Read before) {
            return new Read(rows - before.rows, wholly - before.wholly, blocks - before.blocks);
        }
    }

    Map<String, Read> read() {
        run("select pg_stat_force_next_flush()");
        Map<String, Read> read = new TreeMap<>();
        for (Row row : Stores.await(pool.query(READ).execute())) {
            read.put(
                    row.getString("relname"),
                    new Read(row.getLong("rows"), row.getLong("wholly"), row.getLong("blocks")));
        }
        return read;
    }

    private static final String READ =
            """
            select t.relname,
                (t.seq_tup_read + coalesce((
                    select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid), 0))::bigint
                    as rows,
                t.seq_tup_read as wholly,
                (coalesce(b.heap_blks_read + b.heap_blks_hit, 0)
                    + coalesce(b.idx_blks_read + b.idx_blks_hit, 0)
                    + coalesce(b.toast_blks_read + b.toast_blks_hit, 0)
                    + coalesce(b.tidx_blks_read + b.tidx_blks_hit, 0))::bigint as blocks
            from pg_stat_user_tables t join pg_statio_user_tables b using (relid)
            where t.schemaname = current_schema
            """;
}
