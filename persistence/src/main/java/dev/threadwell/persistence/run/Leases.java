package dev.threadwell.persistence.run;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The leases of workers, by the database's clock: one heartbeat row per worker, however many runs
 * it executes. Also finds the runs that need a change from outside, because their worker is dead or
 * their time is over.
 */
@ApplicationScoped
public class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final int BATCH = 200;

    private static final String BEAT =
            """
            insert into workers (id, lease_until) values ($1, now() + $2 * interval '1 millisecond')
            on conflict (id) do update set lease_until = excluded.lease_until, counted = false
            """;

    private static final String RELEASE_LEASE = "delete from workers where id = $1";

    /**
     * Counts the death of each worker whose lease has expired, once. Of the runs that it executed,
     * only those with the most deaths so far count it: they are the likelier cause, and a run that
     * merely was on the same worker is not ended for it. A worker that shut down gracefully has no
     * row any more.
     */
    private static final String COUNT_DEATHS =
            """
            with gone as (
                update workers set counted = true where lease_until <= now() and not counted
                returning id),
            held as (
                select r.id, coalesce(d.deaths, 0) as deaths,
                    max(coalesce(d.deaths, 0)) over (partition by r.worker) as most
                from gone join runs r on r.worker = gone.id left join run_deaths d on d.run_id = r.id)
            insert into run_deaths (run_id, deaths) select id, 1 from held where deaths = most
            on conflict (run_id) do update set deaths = run_deaths.deaths + 1
            """;

    /**
     * The runs of dead workers. Runs for which the next death is the last wait here and are
     * requested one at a time, so that it is known which of them a worker dies with.
     */
    private static final Statement ORPHANS =
            Statement.of(
                    """
                    select r.project_id, r.thread_id, r.id, coalesce(d.deaths, 0) as deaths
                    from runs r left join run_deaths d on d.run_id = r.id
                    where r.worker = any(:workers) and (
                        d.deaths is distinct from :most_deaths or r.status <> 'in_progress' or r.id = (
                            select x.id from run_deaths s join runs x on x.id = s.run_id
                            where s.deaths = :most_deaths and x.status = 'in_progress'
                                -- One that waits for its tools is with no worker.
                                and (x.worker is not null or not exists (
                                    select 1 from run_steps t where t.run_id = x.id and t.open))
                            order by coalesce(x.worker = any(:workers), false), x.id limit 1))
                    order by r.id limit :batch
                    """);

    private static final String DEAD_WORKERS =
            """
            select distinct worker from runs
            where worker is not null
                and not exists (select 1 from workers w where w.id = worker and w.lease_until > now())
            """;

    private static final String KEYS = "select project_id, thread_id, id from runs where ";

    private static final String HELD_BY =
            "select project_id, thread_id, id, status from runs where worker = $1";

    private static final String OVERDUE =
            KEYS
                    + "ended_at is null and expires_at <= floor(extract(epoch from now()))::bigint"
                    + " order by expires_at limit $1";

    private static final String NOBODY_STOPS =
            KEYS
                    + "status = 'cancelling' and worker is null and ended_at is null order by expires_at limit $1";

    private static final String FORGET =
            """
            with d as (
                delete from run_deaths using runs r
                where r.id = run_id and r.ended_at < now() - interval '1 hour')
            delete from workers w where lease_until < now() - interval '1 minute'
                and not exists (select 1 from runs where worker = w.id)
            """;

    private final Pool pool;
    private final RunStore runs;

    @Inject
    public Leases(Pool pool, RunStore runs) {
        this.pool = pool;
        this.runs = runs;
    }

    /** Renews the lease of a worker for this time. */
    public Uni<Void> beat(String worker, Duration lease) {
        return pool.preparedQuery(BEAT)
                .execute(Tuple.of(worker, (double) lease.toMillis()))
                .replaceWithVoid();
    }

    /**
     * Releases the lease of a worker that shuts down, so that others can take over its runs at
     * once.
     */
    public Uni<Void> releaseLease(String worker) {
        return pool.preparedQuery(RELEASE_LEASE).execute(Tuple.of(worker)).replaceWithVoid();
    }

    /**
     * Releases the runs of workers whose lease has expired and requests new workers; returns the
     * number of runs that were examined. A run that too many workers have died with is ended
     * instead.
     *
     * @param applied receives the result for each run
     */
    public Uni<Integer> releaseOrphans(Consumer<RunStore.@Nullable Applied> applied) {
        return pool.preparedQuery(COUNT_DEATHS)
                .execute()
                .chain(() -> pool.preparedQuery(DEAD_WORKERS).execute())
                .map(Leases::workers)
                .chain(
                        dead ->
                                dead.isEmpty()
                                        ? Uni.createFrom().item(0)
                                        : releaseRunsOf(dead, applied));
    }

    private Uni<Integer> releaseRunsOf(
            Set<String> dead, Consumer<RunStore.@Nullable Applied> applied) {
        return ORPHANS.with("workers", dead.toArray(String[]::new))
                .with("most_deaths", RunLifecycle.MOST_DEATHS - 1)
                .with("batch", BATCH)
                .execute(pool)
                .chain(rows -> release(rows, dead, applied));
    }

    private Uni<Integer> release(
            RowSet<Row> orphans, Set<String> dead, Consumer<RunStore.@Nullable Applied> applied) {
        Map<RunKey, Integer> deaths = new LinkedHashMap<>();
        orphans.forEach(row -> deaths.put(key(row), row.getInteger("deaths")));
        return each(
                List.copyOf(deaths.keySet()),
                key -> release(key, dead, deaths.getOrDefault(key, 0)).invoke(applied));
    }

    /**
     * A run that a worker has claimed, as the database knows it.
     *
     * @param inProgress false once somebody has asked for its end
     */
    public record Held(RunKey key, boolean inProgress) {}

    /** The runs that this worker executes, according to the database. */
    public Uni<List<Held>> heldBy(String worker) {
        return pool.preparedQuery(HELD_BY)
                .execute(Tuple.of(worker))
                .map(rows -> rows.stream().map(Leases::held).toList());
    }

    /**
     * Releases runs that the database assigns to this worker, but that the worker does not know of.
     */
    public Uni<Integer> release(List<RunKey> keys, String worker) {
        return each(keys, key -> release(key, Set.of(worker), 0));
    }

    private Uni<RunStore.@Nullable Applied> release(RunKey key, Set<String> dead, int deaths) {
        return runs.apply(key, new ReleaseRun(dead, deaths));
    }

    /**
     * Expires the runs whose {@code expires_at} has passed; returns the number of runs that were
     * examined.
     *
     * @param applied receives the result for each run
     */
    public Uni<Integer> expireOverdue(Consumer<RunStore.@Nullable Applied> applied) {
        return pool.preparedQuery(OVERDUE)
                .execute(Tuple.of(BATCH))
                .map(Leases::keys)
                .chain(keys -> each(keys, key -> runs.apply(key, new ExpireRun()).invoke(applied)));
    }

    /**
     * Ends the cancelled runs that no worker executes; returns the number of runs that were
     * examined.
     *
     * @param applied receives the result for each run
     */
    public Uni<Integer> stopUnclaimed(Consumer<RunStore.@Nullable Applied> applied) {
        return pool.preparedQuery(NOBODY_STOPS)
                .execute(Tuple.of(BATCH))
                .map(Leases::keys)
                .chain(keys -> each(keys, key -> stopIfUnclaimed(key).invoke(applied)));
    }

    /** Ends this cancelled run, unless a worker executes it. */
    public Uni<RunStore.@Nullable Applied> stopIfUnclaimed(RunKey key) {
        return runs.apply(key, new StopUnclaimedRun());
    }

    /**
     * Deletes the rows of dead workers once others have taken over all their runs, and the death
     * counts of runs that ended more than an hour ago.
     */
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

    /**
     * Logs the failure of one run, so that the others are still processed; the next round retries
     * it.
     */
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
        rows.forEach(row -> keys.add(key(row)));
        return keys;
    }

    private static Held held(Row row) {
        return new Held(key(row), row.getString("status").equals(RunStatus.IN_PROGRESS.wire()));
    }

    private static RunKey key(Row row) {
        return new RunKey(
                row.getString("project_id"), row.getString("thread_id"), row.getString("id"));
    }
}
