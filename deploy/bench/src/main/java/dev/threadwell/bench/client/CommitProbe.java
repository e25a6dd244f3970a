package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;

/** One PostgreSQL commit: a row of one KiB is inserted and is durable when the answer comes. */
public final class CommitProbe {

    private static final String CONTENT = "x".repeat(1024);

    private final PgConnection connection;

    private CommitProbe(PgConnection connection) {
        this.connection = connection;
    }

    public static Future<CommitProbe> open(Database database) {
        return database.connect(Database.BENCH)
                .compose(
                        c ->
                                c.query("create table commits (content text not null)")
                                        .execute()
                                        .map(ignored -> new CommitProbe(c)));
    }

    /** The nanoseconds that one took. */
    public Future<Long> commit() {
        long before = System.nanoTime();
        return connection
                .preparedQuery("insert into commits values ($1)")
                .execute(Tuple.of(CONTENT))
                .map(ignored -> System.nanoTime() - before);
    }

    public Future<Void> close() {
        return connection
                .query("drop table commits")
                .execute()
                .compose(ignored -> connection.close());
    }
}
