package dev.threadwell.platform.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/**
 * The lease of a job as a row of the database, by the database's clock.
 *
 * <p>Every process asks before each round. The holder writes only when half of the time has passed,
 * and the others only read, so that asking often costs little. When the holder dies, another
 * process gets the lease after at most its length. A holder that was frozen can still be at work
 * then: the job has to bear that two processes do it.
 */
public final class DatabaseJobLease implements JobLease {

    private static final String HOLD =
            """
            with taken as (
                insert into leases (name, holder, until)
                select $1, $2, now() + $3 * interval '1 millisecond'
                where not exists (
                    select 1 from leases where name = $1 and until > now()
                        + case when holder = $2 then $3 / 2 else 0 end * interval '1 millisecond')
                on conflict (name) do update set holder = excluded.holder, until = excluded.until
                    where leases.until <= now() or leases.holder = excluded.holder
                returning name)
            select exists (select 1 from taken) or exists (
                select 1 from leases where name = $1 and holder = $2 and until > now()) as held
            """;

    private static final String RELEASE = "delete from leases where name = $1 and holder = $2";

    private final Pool pool;
    private final String name;
    private final String holder;
    private final Duration length;

    /**
     * Creates the lease of a job as one process sees it.
     *
     * @param name the job
     * @param holder the process
     * @param length how long after its last round a dead holder keeps others from the job; longer
     *     than twice the pause between two rounds, so that a living one keeps it
     */
    public DatabaseJobLease(Pool pool, String name, String holder, Duration length) {
        this.pool = pool;
        this.name = name;
        this.holder = holder;
        this.length = length;
    }

    @Override
    public Uni<Boolean> held() {
        return pool.preparedQuery(HOLD)
                .execute(Tuple.of(name, holder, (double) length.toMillis()))
                .map(rows -> rows.iterator().next().getBoolean("held"));
    }

    @Override
    public Uni<Void> release() {
        return pool.preparedQuery(RELEASE).execute(Tuple.of(name, holder)).replaceWithVoid();
    }
}
