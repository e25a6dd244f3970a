package dev.threadwell.persistence.migration;

import dev.threadwell.persistence.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes imported objects once; existing objects are not changed.
 *
 * <p>Objects that were created here are in the order of their commits. Imported objects have only
 * their creation time in seconds and their order in the import. Their {@code seq} is computed from
 * both and is negative, so that they precede all objects that were created here. Within a second,
 * objects that are imported in ascending order follow the existing ones; others precede them.
 */
@ApplicationScoped
public class ImportStore {

    /** Serializes the imports of a project, because each looks up which positions are taken. */
    private static final String LOCK = "select id from projects where id = $1 for no key update";

    /**
     * The first position of a second. A second has 1,048,576 of them, half before its middle and
     * half after it.
     */
    private static final String FIRST_OF_SECOND = "(%s * 1048576 - 4611686018427387904)";

    private static final String MIDDLE = "524288";

    private static final String GIVEN =
            """
            x as (
                select * from unnest(:kinds::text[], :ids::text[], :thread_ids::text[],
                    :run_ids::text[], :seconds::int8[], :rising::bool[], :words::text[],
                    :referred_ids::text[], :ended::int8[], :spents::text[], :documents::text[])
                    with ordinality as x(kind, id, thread_id, run_id, second, rising, word,
                        referred_id, ended, spent, document, n)),
            known as (
                select id, project_id from assistants where id = any(:ids)
                union all select id, project_id from threads where id = any(:ids)
                union all select id, project_id from runs where id = any(:ids)
                union all select id, project_id from messages where id = any(:ids)
                union all select id, project_id from run_steps where id = any(:ids)),
            fresh as (select * from x where not exists (select 1 from known where known.id = x.id)),
            """;

    private static final String AT_HOME =
            """
            locked as (
                select id from threads
                where project_id = :project_id and id in (select thread_id from fresh) order by id for update),
            open_threads as (
                select id from locked union all select id from fresh where kind = 'threads'),
            open_runs as (
                select id, thread_id from runs
                where project_id = :project_id and id in (select run_id from fresh where kind = 'run_steps')
                union all select id, thread_id from fresh where kind = 'runs'),
            home as (
                select * from fresh
                where kind in ('assistants', 'threads')
                    or (exists (select 1 from open_threads t where t.id = fresh.thread_id)
                        and (kind <> 'run_steps' or exists (
                            select 1 from open_runs r
                            where r.id = fresh.run_id and r.thread_id = fresh.thread_id)))),
            """;

    private static final String TAKEN =
            """
            select number as seq from threads
                where h.kind = 'threads' and project_id = :project_id and number between s.first and s.last
            union all select seq from assistants
                where h.kind = 'assistants' and project_id = :project_id and seq between s.first and s.last
            union all select seq from messages
                where thread_id = h.thread_id and seq between s.first and s.last
            union all select seq from runs
                where thread_id = h.thread_id and seq between s.first and s.last
            union all select seq from run_steps
                where thread_id = h.thread_id and type = 'tool_calls' and seq between s.first and s.last
            union all select seq from run_steps
                where run_id = h.run_id and seq between s.first and s.last
            """;

    private static final String PLACED =
            """
            placed as (
                select h.*, case
                    when h.rising then coalesce(taken.last, s.first + %s) + h.n
                    else coalesce(taken.first, s.first + %s) - h.n end as seq
                from home h
                cross join lateral (select %s as first, %s - 1 as last) as s
                cross join lateral (select min(seq) as first, max(seq) as last from (%s) as t) as taken),
            """
                    .formatted(
                            MIDDLE,
                            MIDDLE,
                            FIRST_OF_SECOND.formatted("h.second"),
                            FIRST_OF_SECOND.formatted("(h.second + 1)"),
                            TAKEN);

    private static final String WRITTEN =
            """
            a as (
                insert into assistants (id, project_id, seq, vector_store_id, document)
                    overriding system value
                select id, :project_id, seq, nullif(referred_id, ''), document::json from placed where kind = 'assistants'
                on conflict (id) do nothing returning id),
            t as (
                insert into threads (id, project_id, number, vector_store_id, document)
                    overriding system value
                select id, :project_id, seq, nullif(referred_id, ''), document::json from placed where kind = 'threads'
                on conflict (id) do nothing returning id),
            r as (
                insert into runs (id, project_id, thread_id, seq, status, expires_at, ended_at,
                    spent, assistant_id, document)
                select id, :project_id, thread_id, seq, word, second + 600, to_timestamp(ended),
                    spent::json, referred_id, document::json
                from placed where kind = 'runs'
                on conflict (id) do nothing returning id),
            m as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select id, :project_id, thread_id, seq, word, nullif(run_id, ''), document::json
                from placed where kind = 'messages'
                on conflict (id) do nothing returning id),
            s as (
                insert into run_steps (id, project_id, thread_id, run_id, seq, type, open, spent, document)
                select id, :project_id, thread_id, run_id, seq, word, false, spent::json, document::json
                from placed where kind = 'run_steps'
                on conflict (id) do nothing returning id),
            written as (
                select id from a union all select id from t union all select id from r
                union all select id from m union all select id from s)
            """;

    /**
     * The outcome is FOREIGN also if another project inserted an object with the same id meanwhile.
     */
    public static final Statement WRITE =
            Statement.of(
                    "with "
                            + GIVEN
                            + AT_HOME
                            + PLACED
                            + WRITTEN
                            + """
                    select case
                        when written.id is not null then 'IMPORTED'
                        when known.project_id = :project_id then 'THERE'
                        when known.id is null and home.id is null then 'HOMELESS'
                        else 'FOREIGN' end as outcome
                    from x
                    left join known using (id) left join home using (id) left join written using (id)
                    order by x.n
                    """);

    private final Pool pool;

    @Inject
    public ImportStore(Pool pool) {
        this.pool = pool;
    }

    /** The result of importing an object. */
    public enum Outcome {
        /** The object was written. */
        IMPORTED,
        /** The object existed already and is unchanged. */
        THERE,
        /** The thread or the run of the object does not exist. */
        HOMELESS,
        /** Another project has an object with this id. */
        FOREIGN
    }

    /**
     * An object with its position among the others.
     *
     * @param rising whether it follows the existing objects of its second; otherwise it precedes
     *     them
     */
    public record Placed(ImportedObject arrival, boolean rising) {}

    /**
     * Writes these objects, all of which have different ids; the outcomes are in the same order.
     */
    public Uni<List<Outcome>> write(String projectId, List<Placed> arrivals) {
        return arrivals.isEmpty()
                ? Uni.createFrom().item(List.of())
                : pool.withTransaction(
                        c ->
                                c.preparedQuery(LOCK)
                                        .execute(Tuple.of(projectId))
                                        .chain(locked -> write(c, projectId, arrivals)));
    }

    /** A separate statement after the lock, so that it sees which positions are taken. */
    private static Uni<List<Outcome>> write(
            SqlConnection c, String projectId, List<Placed> arrivals) {
        return WRITE.with("project_id", projectId)
                .with("kinds", texts(arrivals, ImportStore::tableOf))
                .with("ids", texts(arrivals, ImportedObject::id))
                .with("thread_ids", texts(arrivals, ImportedObject::threadId))
                .with("run_ids", texts(arrivals, ImportedObject::runId))
                .with("seconds", numbers(arrivals, ImportedObject::createdAt))
                .with("rising", arrivals.stream().map(Placed::rising).toArray(Boolean[]::new))
                .with("words", texts(arrivals, ImportedObject::word))
                .with("referred_ids", texts(arrivals, ImportedObject::referredId))
                .with("ended", numbers(arrivals, ImportedObject::endedAt))
                .with("spents", texts(arrivals, ImportedObject::spent))
                .with("documents", texts(arrivals, ImportedObject::document))
                .execute(c)
                .map(ImportStore::outcomes);
    }

    private static String tableOf(ImportedObject arrival) {
        return switch (arrival.kind()) {
            case ASSISTANTS -> "assistants";
            case THREADS -> "threads";
            case RUNS -> "runs";
            case MESSAGES -> "messages";
            case RUN_STEPS -> "run_steps";
        };
    }

    private static String[] texts(List<Placed> arrivals, Function<ImportedObject, String> value) {
        return arrivals.stream().map(Placed::arrival).map(value).toArray(String[]::new);
    }

    private static Long[] numbers(List<Placed> arrivals, Function<ImportedObject, Long> value) {
        return arrivals.stream().map(Placed::arrival).map(value).toArray(Long[]::new);
    }

    private static List<Outcome> outcomes(RowSet<Row> rows) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : rows) {
            outcomes.add(Outcome.valueOf(row.getString("outcome")));
        }
        return outcomes;
    }
}
