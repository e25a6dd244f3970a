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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Creates the pool of connections to PostgreSQL, with a timeout for every wait.
 *
 * <p>PostgreSQL itself ends statements that take too long, waits for locks, and transactions that
 * are idle. A server that does not respond at all, because it is frozen or the network drops all
 * packets, is detected here: a connection is closed if a response is outstanding and the server
 * sends nothing for a little longer than the statement timeout, and the pending statements fail.
 *
 * <p>Every connection caches all its prepared statements. By default the client does not cache
 * those above 2,048 characters, among them the one that ends a run; that cost an additional round
 * trip, transaction and plan for each run.
 *
 * <p>A statement is planned once ({@link #PLANNING}), by whatever PostgreSQL knows of the tables at
 * that moment: on a new installation, that they are empty. Such a plan stays until the tables are
 * analyzed, which is after a minute and a tenth of a large table. So plans must not depend on what
 * is known: no table is read as a whole if there is an index, and the statements leave no choice
 * among the indexes. A row is looked up by its id; what else it has to be is compared by {@code is
 * not distinct from}, for which no index is used. {@code HotStatementsTest} is the proof.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);
    private static final int WAITERS = 10_000;
    // Time for PostgreSQL's own error to arrive, which says more than a closed connection.
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(2);

    /**
     * How PostgreSQL plans statements, unless the service is configured otherwise. Up to version 17
     * it takes a scan of a small table without a fitting index for enormously expensive then, and
     * would compile the plan each time.
     */
    private static final Map<String, String> PLANNING =
            Map.of(
                    "plan_cache_mode", "force_generic_plan",
                    "enable_seqscan", "off",
                    "jit", "off");

    private final Duration statementTimeout;
    private final Duration acquireTimeout;

    @Inject
    DatabasePool(DatabaseConfig config) {
        this(config.statementTimeout(), config.acquireTimeout());
    }

    /**
     * Creates a pool with these timeouts.
     *
     * @param statementTimeout the timeout of a statement
     * @param acquireTimeout the timeout for waiting until a connection of the pool is free
     */
    public DatabasePool(Duration statementTimeout, Duration acquireTimeout) {
        this.statementTimeout = statementTimeout;
        this.acquireTimeout = acquireTimeout;
    }

    @Override
    public Pool create(Input input) {
        return create(input.vertx(), input.poolOptions(), input.pgConnectOptionsList());
    }

    /** Creates a pool of connections to one of these servers. */
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
        PLANNING.forEach(
                (setting, value) -> {
                    if (!server.getProperties().containsKey(setting)) {
                        server.addProperty(setting, value);
                    }
                });
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
