package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** The system's PostgreSQL server: the system's database, and a second one for the baselines. */
public final class Database {

    /**
     * The database of the baselines, separate so that their commits are in no figure of the system.
     */
    public static final String BENCH = "bench";

    /** The system's database. */
    public static final String THREADWELL = "threadwell";

    /** The superuser, because the system's role may not create databases. */
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

    /** Creates the database of the baselines, replacing an existing one. */
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

    /** Creates and fills pgbench's tables. */
    public Future<Void> preparePgbench(int scale) {
        return TpcB.prepare(this, scale);
    }

    /** The first column of the first row, as text. */
    public static Future<String> text(PgConnection c, String sql) {
        return c.query(sql).execute().map(Database::onlyValue);
    }

    private static String onlyValue(RowSet<Row> rows) {
        return String.valueOf(rows.iterator().next().getValue(0));
    }
}
