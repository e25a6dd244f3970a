package dev.threadwell.persistence.tool;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The tool workers that have begun a piece of work and have not finished it. The rows of workers
 * that died remain, and so count as deaths; a worker that shuts down gracefully deletes its own.
 */
@ApplicationScoped
public class WorkAttempts {

    private static final String BEGIN =
            """
            with d as (
                select count(*)::int as deaths from work_begun where work = $1 and worker <> $2),
            b as (
                insert into work_begun (work, worker) select $1, $2 from d where deaths < $3
                on conflict do nothing)
            select deaths from d
            """;

    private static final String FINISH = "delete from work_begun where work = $1";

    private static final String RELEASE = "delete from work_begun where worker = $1";

    /** After a day every run has expired, and no ingestion takes so long. */
    private static final String SWEEP =
            """
            delete from work_begun where (work, worker) in (
                select work, worker from work_begun where begun_at < now() - interval '1 day'
                limit $1)
            """;

    private final Pool pool;

    @Inject
    public WorkAttempts(Pool pool) {
        this.pool = pool;
    }

    /**
     * Records that the worker begins this work, unless at least {@code fewerThan} other workers
     * have died with it; returns how many have.
     */
    public Uni<Integer> begin(String work, String worker, int fewerThan) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(work, worker, fewerThan))
                .map(rows -> rows.iterator().next().getInteger("deaths"));
    }

    /** Records that the work is finished, whichever workers had begun it. */
    public Uni<Void> finish(String work) {
        return pool.preparedQuery(FINISH).execute(Tuple.of(work)).replaceWithVoid();
    }

    /**
     * Deletes the rows of a worker that shuts down gracefully, so that they do not count as deaths.
     */
    public Uni<Void> release(String worker) {
        return pool.preparedQuery(RELEASE).execute(Tuple.of(worker)).replaceWithVoid();
    }

    /** Deletes some rows that are more than a day old; returns how many. */
    public Uni<Integer> sweep(int limit) {
        return pool.preparedQuery(SWEEP).execute(Tuple.of(limit)).map(rows -> rows.rowCount());
    }
}
