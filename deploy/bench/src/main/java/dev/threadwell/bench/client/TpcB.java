package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * pgbench's tables and default script ("TPC-B-like"), statement by statement, with prepared
 * statements and one connection per client.
 */
final class TpcB implements CommitRate {

    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;

    private static final List<String> TABLES =
            List.of(
                    "create table pgbench_history (tid int, bid int, aid int, delta int,"
                            + " mtime timestamp, filler char(22))",
                    "create table pgbench_tellers (tid int not null, bid int, tbalance int,"
                            + " filler char(84)) with (fillfactor = 100)",
                    "create table pgbench_accounts (aid int not null, bid int, abalance int,"
                            + " filler char(84)) with (fillfactor = 100)",
                    "create table pgbench_branches (bid int not null, bbalance int,"
                            + " filler char(88)) with (fillfactor = 100)");

    private final Loop loop;
    private final List<PgConnection> connections;
    private final int scale;

    private TpcB(Loop loop, List<PgConnection> connections, int scale) {
        this.loop = loop;
        this.connections = connections;
        this.scale = scale;
    }

    /** Creates and vacuums pgbench's tables for this scale, as {@code pgbench -i} does. */
    static Future<Void> prepare(Database database, int scale) {
        List<String> statements = new ArrayList<>(TABLES);
        statements.add(
                "insert into pgbench_branches select b, 0, '' from generate_series(1, %d) b"
                        .formatted(scale));
        statements.add(
                "insert into pgbench_tellers select t, (t - 1) / %d + 1, 0, '' from generate_series(1, %d) t"
                        .formatted(TELLERS, scale * TELLERS));
        statements.add(
                "insert into pgbench_accounts select a, (a - 1) / %d + 1, 0, '' from generate_series(1, %d) a"
                        .formatted(ACCOUNTS, scale * ACCOUNTS));
        statements.add("vacuum analyze pgbench_branches");
        statements.add("vacuum analyze pgbench_tellers");
        statements.add("vacuum analyze pgbench_accounts");
        statements.add("alter table pgbench_branches add primary key (bid)");
        statements.add("alter table pgbench_tellers add primary key (tid)");
        statements.add("alter table pgbench_accounts add primary key (aid)");
        statements.add("checkpoint");
        return database.connect(Database.BENCH).compose(c -> inTurn(c, statements, 0));
    }

    private static Future<Void> inTurn(PgConnection c, List<String> statements, int next) {
        return next == statements.size()
                ? c.close()
                : c.query(statements.get(next))
                        .execute()
                        .compose(ignored -> inTurn(c, statements, next + 1));
    }

    /** Connects the clients, distributed over two event loops. */
    static TpcB open(Vertx vertx, Database database, int clients, int scale) {
        List<Loop> loops = List.of(Loop.of(vertx), Loop.of(vertx));
        return new TpcB(
                loops.getFirst(),
                IntStream.range(0, clients)
                        .mapToObj(
                                i -> loops.get(i % 2).await(() -> database.connect(Database.BENCH)))
                        .toList(),
                scale);
    }

    @Override
    public double perSecond(int seconds) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        AtomicLong done = new AtomicLong();
        loop.await(
                () ->
                        Future.all(
                                connections.stream()
                                        .map(
                                                c ->
                                                        ClosedLoop.until(
                                                                deadline,
                                                                () -> transaction(c),
                                                                done))
                                        .toList()));
        return (double) done.get() / seconds;
    }

    private Future<Void> transaction(PgConnection c) {
        var random = ThreadLocalRandom.current();
        int aid = random.nextInt(1, ACCOUNTS * scale + 1);
        int bid = random.nextInt(1, scale + 1);
        int tid = random.nextInt(1, TELLERS * scale + 1);
        int delta = random.nextInt(-5_000, 5_001);
        return execute(c, "BEGIN", Tuple.tuple())
                .compose(
                        ignored ->
                                execute(
                                        c,
                                        "UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2",
                                        Tuple.of(delta, aid)))
                .compose(
                        ignored ->
                                execute(
                                        c,
                                        "SELECT abalance FROM pgbench_accounts WHERE aid = $1",
                                        Tuple.of(aid)))
                .compose(
                        ignored ->
                                execute(
                                        c,
                                        "UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2",
                                        Tuple.of(delta, tid)))
                .compose(
                        ignored ->
                                execute(
                                        c,
                                        "UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2",
                                        Tuple.of(delta, bid)))
                .compose(
                        ignored ->
                                execute(
                                        c,
                                        "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)"
                                                + " VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)",
                                        Tuple.of(tid, bid, aid, delta)))
                .compose(ignored -> execute(c, "END", Tuple.tuple()));
    }

    private static Future<Void> execute(PgConnection c, String sql, Tuple values) {
        return c.preparedQuery(sql).execute(values).mapEmpty();
    }

    @Override
    public String name() {
        return "pgbench's script by the Vert.x client; pgbench is not installed";
    }

    @Override
    public void close() {
        connections.forEach(c -> loop.await(c::close));
    }
}
