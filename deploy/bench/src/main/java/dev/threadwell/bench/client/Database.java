package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** The system's PostgreSQL: its own database, and one for the baselines beside it. */
public final class Database {

    /** The baselines' own database, so that no figure of the system's holds their commits. */
    public static final String BENCH = "bench";

    /** The system's database. */
    public static final String THREADWELL = "threadwell";

    /** The server's own account: the system's may not create databases. */
    static final String SUPERUSER = "postgres";

    private final Vertx vertx;
    private final Target target;

    public Database(Vertx vertx, Target target) {
        this.vertx = vertx;
        this.target = target;
    }

    public Future<PgConnection> connect(String database) {
        return PgConnection.connect(
                vertx,
                new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(target.port("postgres"))
                        .setDatabase(database)
                        .setUser(SUPERUSER)
                        .setPassword(target.postgresPassword())
                        .addProperty("client_min_messages", "warning")
                        .setCachePreparedStatements(true));
    }

    /** Makes the baselines' database anew. */
    public Future<Void> createBench() {
        return connect(THREADWELL)
                .compose(
                        c ->
                                c.query("drop database if exists " + BENCH)
                                        .execute()
                                        .compose(
                                                ignored ->
                                                        c.query("create database " + BENCH)
                                                                .execute())
                                        .eventually(() -> c.close()))
                .mapEmpty();
    }

    /** Fills the tables that pgbench works on. */
    public Future<Void> preparePgbench(int scale) {
        return TpcB.prepare(this, scale);
    }

    /** The first row's first column, as text. */
    public static Future<String> text(PgConnection c, String sql) {
        return c.query(sql).execute().map(Database::onlyValue);
    }

    private static String onlyValue(RowSet<Row> rows) {
        return String.valueOf(rows.iterator().next().getValue(0));
    }
}
