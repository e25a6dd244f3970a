package dev.threadwell.store;

import dev.threadwell.outbox.Fact;
import dev.threadwell.run.RunEvent;
import dev.threadwell.store.RunTransactions.Decided;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who still works, judged by the database's clock: one heartbeat row a worker, however many runs it
 * holds, and the runs that need somebody else because their worker or their time is gone.
 */
@ApplicationScoped
public class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final int BATCH = 200;

    private static final String BEAT =
            """
            insert into workers (id, lease_until) values ($1, now() + $2 * interval '1 millisecond')
            on conflict (id) do update set lease_until = excluded.lease_until
            """;

    private static final String RESIGN = "delete from workers where id = $1";

    private static final String DEAD_WORKERS =
            """
            select distinct worker from runs
            where worker is not null
                and not exists (select 1 from workers w where w.id = worker and w.lease_until > now())
            """;

    private static final String KEYS = "select project_id, thread_id, id from runs where ";

    private static final String HELD_BY = KEYS + "worker = any($1) limit $2";

    private static final String OVERDUE =
            KEYS
                    + "ended_at is null and expires_at <= floor(extract(epoch from now()))::bigint"
                    + " order by expires_at limit $1";

    private static final String NOBODY_STOPS =
            KEYS
                    + "status = 'cancelling' and worker is null and ended_at is null order by expires_at limit $1";

    private static final String FORGET =
            """
            delete from workers w where lease_until < now() - interval '1 minute'
                and not exists (select 1 from runs where worker = w.id)
            """;

    private final Pool pool;
    private final RunTransactions transactions;
    private final RunStore runs;

    @Inject
    public Leases(Pool pool, RunTransactions transactions, RunStore runs) {
        this.pool = pool;
        this.transactions = transactions;
        this.runs = runs;
    }

    /** The worker is alive, for at least this long. */
    public Uni<Void> beat(String worker, Duration lease) {
        return pool.preparedQuery(BEAT)
                .execute(Tuple.of(worker, (double) lease.toMillis()))
                .replaceWithVoid();
    }

    /** The worker ends; what it still held is free at once. */
    public Uni<Void> resign(String worker) {
        return pool.preparedQuery(RESIGN).execute(Tuple.of(worker)).replaceWithVoid();
    }

    /** Asks for new workers for the runs of workers whose lease has run out; returns how many. */
    public Uni<Integer> releaseOrphans() {
        return pool.preparedQuery(DEAD_WORKERS)
                .execute()
                .map(Leases::workers)
                .chain(dead -> dead.isEmpty() ? Uni.createFrom().item(0) : releaseRunsOf(dead));
    }

    private Uni<Integer> releaseRunsOf(Set<String> dead) {
        return pool.preparedQuery(HELD_BY)
                .execute(Tuple.of(dead.toArray(String[]::new), BATCH))
                .map(Leases::keys)
                .chain(keys -> each(keys, key -> release(key, dead)));
    }

    /** The runs that this worker holds, as far as the database knows. */
    public Uni<List<RunKey>> heldBy(String worker) {
        return pool.preparedQuery(HELD_BY)
                .execute(Tuple.of(new String[] {worker}, Integer.MAX_VALUE))
                .map(Leases::keys);
    }

    /** Asks for a worker for runs that this one was given and does not know of. */
    public Uni<Integer> release(List<RunKey> keys, String worker) {
        return each(keys, key -> release(key, Set.of(worker)));
    }

    private Uni<Boolean> release(RunKey key, Set<String> dead) {
        return transactions.decide(key, locked -> released(locked.row(), dead));
    }

    private static Decided<Boolean> released(RunRow row, Set<String> dead) {
        if (row.worker() == null || !dead.contains(row.worker())) {
            return new Decided<>(false, null);
        }
        RunRow free = row.released();
        Fact request = Fact.of(Topics.RUN_REQUESTED, row.run().threadId(), free.requested());
        return new Decided<>(true, new RunWrite(row, free, List.of(), List.of(), List.of(request)));
    }

    /**
     * Expires the runs that have outlived their {@code expires_at}; returns how many were looked
     * at.
     *
     * @param applied hears what came of each
     */
    public Uni<Integer> expireOverdue(Consumer<RunStore.@Nullable Applied> applied) {
        return pool.preparedQuery(OVERDUE)
                .execute(Tuple.of(BATCH))
                .map(Leases::keys)
                .chain(keys -> each(keys, key -> expire(key).invoke(applied)));
    }

    private Uni<RunStore.@Nullable Applied> expire(RunKey key) {
        return runs.apply(
                key,
                row -> new RunEvent.DeadlinePassed(row.spent()),
                Function.identity(),
                Function.identity());
    }

    /**
     * Ends the cancelled runs that no worker holds; returns how many were looked at.
     *
     * @param applied hears what came of each
     */
    public Uni<Integer> stopUnheld(Consumer<RunStore.@Nullable Applied> applied) {
        return pool.preparedQuery(NOBODY_STOPS)
                .execute(Tuple.of(BATCH))
                .map(Leases::keys)
                .chain(keys -> each(keys, key -> stopIfUnheld(key).invoke(applied)));
    }

    /** Ends this cancelled run unless a worker holds it. */
    public Uni<RunStore.@Nullable Applied> stopIfUnheld(RunKey key) {
        return runs.apply(
                key,
                row -> row.worker() == null ? new RunEvent.Stopped(row.spent()) : null,
                RunRow::underNewEpoch,
                Function.identity());
    }

    /** Removes the rows of workers that are gone, once others have taken over all their runs. */
    public Uni<Void> forgetGoneWorkers() {
        return pool.preparedQuery(FORGET).execute().replaceWithVoid();
    }

    private static <T extends @Nullable Object> Uni<Integer> each(
            List<RunKey> keys, Function<RunKey, Uni<T>> action) {
        Uni<Integer> all = Uni.createFrom().item(keys.size());
        for (RunKey key : keys) {
            all = all.call(() -> alone(key, action));
        }
        return all;
    }

    /** One run that cannot be worked on does not keep the others from it; it is tried again. */
    private static <T extends @Nullable Object> Uni<Boolean> alone(
            RunKey key, Function<RunKey, Uni<T>> action) {
        return Uni.createFrom()
                .deferred(() -> action.apply(key))
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "run is stuck runId=%s", key.runId()))
                .onFailure()
                .recoverWithItem(false);
    }

    private static Set<String> workers(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString("worker")).collect(Collectors.toSet());
    }

    private static List<RunKey> keys(RowSet<Row> rows) {
        List<RunKey> keys = new ArrayList<>();
        for (Row row : rows) {
            keys.add(
                    new RunKey(
                            row.getString("project_id"),
                            row.getString("thread_id"),
                            row.getString("id")));
        }
        return keys;
    }
}
