package dev.threadwell.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All waits for PostgreSQL have a timeout: tested with a real server, and with a network that drops
 * all traffic.
 */
@Tag("server")
class DatabasePoolTest {

    private static final Duration STATEMENT = Duration.ofSeconds(1);
    private static final Duration ACQUIRE = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final SwallowingProxy network = SwallowingProxy.to(vertx, server().getPort());
    private Pool pool;

    @BeforeEach
    void open() {
        pool =
                new DatabasePool(STATEMENT, ACQUIRE)
                        .create(
                                vertx,
                                new PoolOptions().setMaxSize(CONNECTIONS),
                                List.of(server().setPort(network.port())));
    }

    @AfterEach
    void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static PgConnectOptions server() {
        return PgConnectOptions.fromUri(System.getProperty("quarkus.datasource.reactive.url"))
                .setUser(System.getProperty("quarkus.datasource.username"))
                .setPassword(System.getProperty("quarkus.datasource.password"));
    }

    @Test
    void statementsArePlannedOnceAndByIndexes() {
        assertThat(setting("plan_cache_mode")).isEqualTo("force_generic_plan");
        assertThat(setting("enable_seqscan")).isEqualTo("off");
        assertThat(setting("jit")).isEqualTo("off");
    }

    private String setting(String name) {
        return join(pool.query("show " + name).execute()).iterator().next().getString(0);
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        assertThat(sqlState(pool.query("select pg_sleep(60)").execute())).isEqualTo("57014");
        assertThat(answer()).isEqualTo(1);
    }

    @Test
    void aWaitForALockIsEnded() {
        var locker = join(pool.getConnection());
        join(locker.query("begin").execute());
        join(locker.query("select pg_advisory_xact_lock(5)").execute());

        assertThat(sqlState(pool.query("select pg_advisory_xact_lock(5)").execute()))
                .isEqualTo("55P03");

        join(locker.close());
    }

    @Test
    void aTransactionThatNobodyGoesOnWithGivesUpItsLocks() {
        var forgetful = join(pool.getConnection());
        join(forgetful.query("begin").execute());
        join(forgetful.query("select pg_advisory_xact_lock(6)").execute());

        long begun = System.nanoTime();
        while (!locked(6)) {
            assertThat(System.nanoTime() - begun).isLessThan(Duration.ofSeconds(20).toNanos());
        }
        join(forgetful.close());
    }

    private boolean locked(int lock) {
        var row =
                join(pool.query("select pg_try_advisory_xact_lock(" + lock + ")").execute())
                        .iterator()
                        .next();
        return row.getBoolean(0);
    }

    @Test
    void whatWaitsForAServerThatFallsSilentFailsInTimeAndThePoolRecovers() {
        assertThat(answer()).isEqualTo(1);
        network.swallows();
        long begun = System.nanoTime();

        List<Future<RowSet<Row>>> asked = new ArrayList<>();
        for (int i = 0; i < 5 * CONNECTIONS; i++) {
            asked.add(pool.preparedQuery("select 1").execute());
        }

        for (Future<RowSet<Row>> question : asked) {
            assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> join(question));
        }
        // A statement's time, what is added for its answer, and the wait for a connection.
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(STATEMENT.plusSeconds(2).plus(ACQUIRE).plusSeconds(2));
        network.passes();
        assertThat(answerWithin(Duration.ofSeconds(10))).isEqualTo(1);
    }

    /** The wait is a statement on another pool that may take longer. */
    @Test
    void aConnectionThatIsIdleForLongerThanAStatementMayTakeIsKept() {
        Pool waiting =
                new DatabasePool(Duration.ofSeconds(20), ACQUIRE)
                        .create(vertx, new PoolOptions().setMaxSize(1), List.of(server()));
        Pool idle =
                new DatabasePool(Duration.ofMillis(200), ACQUIRE)
                        .create(vertx, new PoolOptions().setMaxSize(1), List.of(server()));
        int before = backend(idle);

        join(waiting.query("select pg_sleep(3)").execute());

        assertThat(backend(idle)).isEqualTo(before);
        join(waiting.close());
        join(idle.close());
    }

    private static int backend(Pool pool) {
        return join(pool.query("select pg_backend_pid()").execute())
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void aStatementThatTakesItsTimeIsNotTakenForSilence() {
        join(pool.query("select pg_sleep(0.9)").execute());
        assertThat(answer()).isEqualTo(1);
    }

    private int answer() {
        return join(pool.query("select 1").execute()).iterator().next().getInteger(0);
    }

    private int answerWithin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return answer();
            } catch (CompletionException e) {
                assertThat(System.nanoTime()).as("the pool's recovery").isLessThan(deadline);
            }
        }
    }

    private static String sqlState(Future<?> failing) {
        try {
            join(failing);
            return "none";
        } catch (CompletionException e) {
            return e.getCause() instanceof PgException refusal
                    ? refusal.getSqlState()
                    : e.toString();
        }
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
