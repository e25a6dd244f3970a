package dev.threadwell.persistence.retention;

import dev.threadwell.persistence.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a project keeps no longer, page by page in the order of creation. It deletes nothing:
 * that is done as a client's request does it.
 */
@ApplicationScoped
public class RetentionStore {

    /** One process at a time; the time after which another one may go on is that of a pass. */
    private static final Statement LEASE =
            Statement.of(
                    """
                    insert into leases (name, holder, until)
                    values ('retention', :holder, now() + :millis * interval '1 millisecond')
                    on conflict (name) do update set holder = excluded.holder, until = excluded.until
                        where leases.until < now() or leases.holder = excluded.holder
                    returning name
                    """);

    private static final String POLICIES =
            """
            select p.id, extract(epoch from s.keep_threads)::bigint as threads,
                extract(epoch from s.keep_files)::bigint as files
            from projects p left join project_settings s on s.project_id = p.id order by p.id
            """;

    /**
     * Nothing was written in an idle thread for the time: neither the thread nor its newest message
     * is younger, and no run has ended later or not ended. Times are read from the text, because
     * PostgreSQL reads no field of a document with a zero character. Subqueries are of the kind
     * that cannot read a whole table to make a hash of it.
     */
    private static final Statement THREADS =
            Statement.of(
                    """
                    select t.number, t.id, t.seq, coalesce(
                        substring(t.document::text from '"created_at": ?([0-9]+)')::bigint <= limits.epoch
                        and not coalesce((
                            select bool_or(r.ended_at is null or r.ended_at > to_timestamp(limits.epoch))
                            from runs r where r.thread_id = t.id), false)
                        and coalesce((
                            select substring(m.document::text from '"created_at": ?([0-9]+)')::bigint
                            from messages m where m.thread_id = t.id order by m.seq desc limit 1),
                            0) <= limits.epoch, false) as over
                    from threads t,
                        (select floor(extract(epoch from now()))::bigint - :seconds::bigint as epoch) limits
                    where t.project_id = :project_id and t.number > :after
                    order by t.number limit :limit
                    """);

    /** A file that a vector store has is in use. */
    private static final Statement FILES =
            Statement.of(
                    """
                    select f.seq as number, f.id, 0::bigint as seq, coalesce(
                        f.purpose = any(:purposes)
                        and substring(f.document::text from '"created_at": ?([0-9]+)')::bigint
                            <= floor(extract(epoch from now()))::bigint - :seconds::bigint
                        and (select v.id from vector_store_files v where v.id = f.id limit 1) is null,
                        false) as over
                    from live_files f where f.project_id = :project_id and f.seq > :after
                    order by f.seq limit :limit
                    """);

    private final Pool pool;

    @Inject
    public RetentionStore(Pool pool) {
        this.pool = pool;
    }

    /** How long a project keeps what; empty for what it has no policy of its own for. */
    public record Policy(String projectId, Optional<Duration> threads, Optional<Duration> files) {}

    /**
     * A thread or a file.
     *
     * @param number its place in the order of creation
     * @param seq of a thread, how much had been written in it
     * @param over whether it is kept no longer
     */
    public record Candidate(long number, String id, long seq, boolean over) {}

    /** Whether this process is the one that deletes, for this time. */
    public Uni<Boolean> lease(String holder, Duration time) {
        return LEASE.with("holder", holder)
                .with("millis", (double) time.toMillis())
                .execute(pool)
                .map(rows -> rows.size() > 0);
    }

    /** The policies of all projects. */
    public Uni<List<Policy>> policies() {
        return pool.query(POLICIES)
                .execute()
                .map(rows -> rows.stream().map(RetentionStore::policy).toList());
    }

    private static Policy policy(Row row) {
        return new Policy(
                row.getString("id"),
                Optional.ofNullable(row.getLong("threads")).map(Duration::ofSeconds),
                Optional.ofNullable(row.getLong("files")).map(Duration::ofSeconds));
    }

    /** The next threads of a project behind this number. */
    public Uni<List<Candidate>> threads(String projectId, Duration kept, long after, int limit) {
        return candidates(THREADS.with("project_id", projectId), kept, after, limit);
    }

    /** The next files of a project behind this number; none but these purposes are over. */
    public Uni<List<Candidate>> files(
            String projectId, Duration kept, List<String> purposes, long after, int limit) {
        return candidates(
                FILES.with("project_id", projectId)
                        .with("purposes", purposes.toArray(String[]::new)),
                kept,
                after,
                limit);
    }

    private Uni<List<Candidate>> candidates(
            Statement.Bound statement, Duration kept, long after, int limit) {
        return statement
                .with("seconds", kept.toSeconds())
                .with("after", after)
                .with("limit", limit)
                .execute(pool)
                .map(rows -> rows.stream().map(RetentionStore::candidate).toList());
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.getLong("number"),
                row.getString("id"),
                row.getLong("seq"),
                row.getBoolean("over"));
    }
}
