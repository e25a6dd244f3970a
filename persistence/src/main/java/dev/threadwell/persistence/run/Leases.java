package dev.threadwell.persistence.run;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.lease.DatabaseJobLease;
import dev.threadwell.platform.lease.JobLease;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import io.smallrye.mutiny.Multi;
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

    /** The most runs that a sweep changes before it looks again. */
    public static final int BATCH = 200;

    /** How many runs of a batch are changed at a time: a part of the worker's connections. */
    private static final int AT_A_TIME = 8;

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
                select id, deaths, max(deaths) over (partition by worker) as most from (
                    select r.id, r.worker, coalesce(
                        (select d.deaths from run_deaths d where d.run_id = r.id), 0) as deaths
                    from runs r where r.worker = any(array(select id from gone))) as runs_of_gone)
            insert into run_deaths (run_id, deaths) select id, 1 from held where deaths = most
            on conflict (run_id) do update set deaths = run_deaths.deaths + 1
            """;

    /**
     * The workers that are dead and have runs. It steps from one worker to the next through the
     * index of those that have any, and so reads a row for each of them and not one for each run.
     */
    private static final String DEAD_WORKERS =
            """
            with recursive holders as (
                (select worker from runs where worker is not null order by worker limit 1)
                union all
                select (select r.worker from runs r where r.worker > h.worker order by r.worker limit 1)
                from holders h where h.worker is not null)
            select worker from holders
            where worker is not null
                and not exists (select 1 from workers w where w.id = worker and w.lease_until > now())
            """;

    /**
     * The runs of dead workers. Runs for which the next death is the last wait here and are
     * requested one at a time, so that it is known which of them a worker dies with.
     *
     * <p>What has {@code offset 0} is planned by itself, so that no plan reads another index than
     * that of the workers or of the ids, whatever it takes for the size of the tables.
     */
    private static final Statement ORPHANS =
            Statement.of(
                    """
                    select project_id, thread_id, id, coalesce(deaths, 0) as deaths
                    from (
                        select r.project_id, r.thread_id, r.id, r.status,
                            (select d.deaths from run_deaths d where d.run_id = r.id) as deaths
                        from runs r where r.worker = any(:workers) offset 0) as held
                    where deaths is distinct from :most_deaths or status <> 'in_progress' or id = (
                        select x.id from run_deaths s cross join lateral (
                            select r.id, r.worker from runs r
                            where r.id = s.run_id and r.status = 'in_progress' offset 0) as x
                        where s.deaths = :most_deaths
                            -- One that waits for its tools is with no worker.
                            and (x.worker is not null or (
                                select t.id from run_steps t where t.run_id = x.id and t.open limit 1) is null)
                        order by coalesce(x.worker = any(:workers), false), x.id limit 1)
                    limit :batch
                    """);

    private static final String KEYS = "select project_id, thread_id, id from runs where ";

    private static final String HELD_BY =
            "select project_id, thread_id, id, status from runs where worker = $1";

    private static final String OVERDUE =
            KEYS
                    + "ended_at is null and expires_at <= floor(extract(epoch from now()))::bigint"
                    + " order by expires_at limit $1";

    /**
     * Exactly the condition of the index {@code cancelled_runs_that_nobody_holds}, and no order, so
     * that no other index can be used.
     */
    private static final String NOBODY_STOPS =
            KEYS + "status = 'cancelling' and worker is null limit $1";

    private static final String FORGET_DEATHS =
            """
            delete from run_deaths where (select r.ended_at from runs r where r.id = run_id)
                < now() - interval '1 hour'
            """;

    private static final String FORGET_WORKERS =
            """
            delete from workers w where lease_until < now() - interval '1 minute'
                and (select r.id from runs r where r.worker = w.id limit 1) is null
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

    /** The lease of the worker that sweeps for all. */
    public JobLease sweeping(String worker, Duration length) {
        return new DatabaseJobLease(pool, "runs", worker, length);
    }

    /**
     * Releases the runs of workers whose lease has expired and requests new workers; returns the
     * number of runs that were examined, at most {@link #BATCH}. A run that too many workers have
     * died with is ended instead.
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
        return pool.preparedQuery(FORGET_DEATHS)
                .execute()
                .chain(() -> pool.preparedQuery(FORGET_WORKERS).execute())
                .replaceWithVoid();
    }

    private static <T extends @Nullable Object> Uni<Integer> each(
            List<RunKey> keys, Function<RunKey, Uni<T>> action) {
        return Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUni(key -> alone(key, action))
                .merge(AT_A_TIME)
                .collect()
                .with(Collectors.summingInt(done -> done ? 1 : 0));
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
