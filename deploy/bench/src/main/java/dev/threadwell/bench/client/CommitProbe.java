package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Measures one PostgreSQL commit: inserts a row of 1 KiB, which is durable when the answer arrives.
 */
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

    /** Commits once; returns the nanoseconds that it took. */
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
