package dev.threadwell.persistence.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the pool of connections to PostgreSQL, so that nothing waits for it without end.
 *
 * <p>PostgreSQL itself ends a statement that takes too long, a wait for a lock, and a transaction
 * that nobody goes on with. A server that does not answer at all, because it is frozen or the
 * network swallows what is sent, is noticed here: a connection whose server owes an answer, and
 * sends nothing for a little longer than a statement may take, is closed, and what waits for it
 * fails.
 *
 * <p>Every connection keeps all statements that it has prepared. The client by itself prepares
 * those above 2,048 characters anew each time, and so the one that ends a run: a round trip, a
 * transaction and a plan more for each run.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);
    private static final int WAITERS = 10_000;
    // PostgreSQL's own error says more than a closed connection, so it has time to arrive.
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(2);

    private final Duration statementTimeout;
    private final Duration acquireTimeout;

    @Inject
    DatabasePool(DatabaseConfig config) {
        this(config.statementTimeout(), config.acquireTimeout());
    }

    /**
     * A pool with these limits.
     *
     * @param statementTimeout how long PostgreSQL may take for one statement
     * @param acquireTimeout how long somebody may wait until a connection of the pool is free
     */
    public DatabasePool(Duration statementTimeout, Duration acquireTimeout) {
        this.statementTimeout = statementTimeout;
        this.acquireTimeout = acquireTimeout;
    }

    @Override
    public Pool create(Input input) {
        return create(input.vertx(), input.poolOptions(), input.pgConnectOptionsList());
    }

    /** The pool of connections to one of these servers. */
    public Pool create(Vertx vertx, PoolOptions pool, List<PgConnectOptions> servers) {
        servers.forEach(this::bound);
        return ClientBuilder.pool(
                        new StalledConnectionDriver(statementTimeout.plus(FOR_THE_ANSWER)))
                .with(bound(pool))
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(vertx)
                .build();
    }

    private void bound(PgConnectOptions server) {
        server.setPreparedStatementCacheSqlFilter(sql -> true);
        server.setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
        server.setTcpKeepAlive(true);
        server.addProperty("statement_timeout", text(statementTimeout));
        server.addProperty("lock_timeout", text(statementTimeout.dividedBy(2)));
        server.addProperty("idle_in_transaction_session_timeout", text(statementTimeout));
    }

    private PoolOptions bound(PoolOptions pool) {
        return pool.setMaxWaitQueueSize(WAITERS)
                .setConnectionTimeout(millis(acquireTimeout))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(millis(IDLE_TIMEOUT))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
