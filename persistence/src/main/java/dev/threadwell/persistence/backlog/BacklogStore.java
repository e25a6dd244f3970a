package dev.threadwell.persistence.backlog;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.Run;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads the backlog of the installation: one statement, of which each part reads a small index. */
@ApplicationScoped
public class BacklogStore {

    /** The most rows of a kind that are counted. */
    public static final int MOST = 20_000;

    /**
     * Active runs are read by {@code runs_by_deadline}, which has no others, in the order of their
     * age, because every run has the same time. A run that was claimed before has an older creation
     * than it has waited, so it does not count for the age.
     */
    private static final Statement READ =
            Statement.of(
                    """
                    with active as (
                        select status, waiting, epoch, expires_at from runs
                        where ended_at is null order by expires_at limit :most),
                    out as (select created_at from outbox order by id limit :most),
                    files as (
                        select seq from vector_store_files
                        where status = 'in_progress' order by seq limit :most)
                    select
                        r.*, o.*, f.*,
                        (select count(*) from workers where lease_until > now()) as workers
                    from
                        (select
                            count(*) filter (where status = 'queued' and not waiting) as queued,
                            coalesce(extract(epoch from now()) + :lifetime - min(expires_at)
                                filter (where status = 'queued' and not waiting and epoch = 0), 0)::float8 as queued_age,
                            count(*) filter (where waiting) as waiting,
                            count(*) filter (where status in ('in_progress', 'cancelling')) as in_progress,
                            count(*) filter (where status = 'requires_action') as requires_action
                            from active) r,
                        (select count(*) as outbox,
                            coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as outbox_age
                            from out) o,
                        (select count(*) as files,
                            coalesce(extract(epoch from now()) - (
                                -- By its text: the functions for json refuse a document with a zero character.
                                select substring(document::text from '"created_at":([0-9]+)')::bigint
                                from vector_store_files
                                where status = 'in_progress' order by seq limit 1), 0)::float8 as files_age
                            from files) f
                    """);

    private final Pool pool;

    @Inject
    public BacklogStore(Pool pool) {
        this.pool = pool;
    }

    /** The statement, for those who look at its plan. */
    static String sql() {
        return READ.sql();
    }

    /** The backlog now. */
    public Uni<Backlog> read() {
        return READ.with("most", MOST)
                .with("lifetime", (double) Run.LIFETIME_SECONDS)
                .execute(pool)
                .map(rows -> backlog(rows.iterator().next()));
    }

    private static Backlog backlog(Row row) {
        return new Backlog(
                row.getLong("queued"),
                Math.max(0, row.getDouble("queued_age")),
                row.getLong("waiting"),
                row.getLong("in_progress"),
                row.getLong("requires_action"),
                row.getLong("outbox"),
                Math.max(0, row.getDouble("outbox_age")),
                row.getLong("workers"),
                row.getLong("files"),
                Math.max(0, row.getDouble("files_age")));
    }
}
