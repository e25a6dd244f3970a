package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PostgreSQL's counters of the system's database at one moment.
 *
 * @param transactions committed transactions, including read-only ones
 * @param writing transactions that wrote, on the whole server: only these have to reach the disk
 * @param rowsWritten rows inserted, updated or deleted, by table
 */
public record DatabaseCounters(
        long nanos, long transactions, long writing, Map<String, Long> rowsWritten) {

    private static final String COUNTS =
            """
            select (select xact_commit from pg_stat_database where datname = current_database()),
                pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    private static final String TABLES =
            """
            select relname::text, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables
            order by relname
            """;

    /** The rows written to this table. */
    public long rowsWritten(String table) {
        return rowsWritten.getOrDefault(table, 0L);
    }

    public static Future<DatabaseCounters> read(PgConnection c) {
        return c.query(COUNTS)
                .execute()
                .compose(
                        counts ->
                                c.query(TABLES)
                                        .execute()
                                        .map(tables -> of(counts.iterator().next(), tables)));
    }

    private static DatabaseCounters of(Row counts, Iterable<Row> tables) {
        Map<String, Long> rowsWritten = new LinkedHashMap<>();
        tables.forEach(row -> rowsWritten.put(row.getString(0), row.getLong(1)));
        return new DatabaseCounters(
                System.nanoTime(), counts.getLong(0), counts.getLong(1), rowsWritten);
    }
}
