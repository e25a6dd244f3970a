package dev.threadwell.persistence.run;

import dev.threadwell.persistence.database.OutboxColumns;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs as the worker that holds them sees them. Nothing is locked between two statements: every
 * write names the epoch of its claim and the version that it was decided on, so a worker that has
 * lost its run, however late it notices, changes nothing.
 */
@ApplicationScoped
public class HeldRuns {

    private static final Statement CLAIM =
            Statement.of(
                    """
                    with c as (
                        select * from unnest(:ids::text[], :thread_ids::text[], :versions::int[], :epochs::int[], :statuses::text[], :documents::text[])
                            as c(id, thread_id, version, epoch, status, document)),
                    l as (select id from threads where id in (select thread_id from c) order by id for update),
                    r as (
                        update runs set status = c.status, document = c.document::json, worker = :worker,
                            version = runs.version + 1, epoch = runs.epoch + 1
                        from c join l on l.id = c.thread_id
                        where runs.id = c.id and runs.version = c.version and runs.epoch = c.epoch
                            and runs.worker is null and runs.ended_at is null
                            -- A run whose time was over before anybody took it is left to expire.
                            and (runs.status <> 'queued' or runs.expires_at > extract(epoch from now())::bigint)
                        returning runs.id, runs.thread_id),
                    t as (update threads set seq = threads.seq + 1 from r where threads.id = r.thread_id),
                    o as (
                        insert into outbox (shard, topic, key, headers, payload)
                        select x.shard, x.topic, x.key, x.headers::json, x.payload
                        from unnest(:fact_shards::int[], :fact_topics::text[], :fact_keys::text[], :fact_headers::text[], :fact_payloads::text[], :fact_runs::text[])
                            as x(shard, topic, key, headers, payload, run)
                            join r on r.id = x.run
                        returning id, key)
                    select r.id, o.id as fact,
                        coalesce((select d.deaths from run_deaths d where d.run_id = r.id), 0) as deaths
                    from r left join o on o.key = r.thread_id
                    """);

    private static final String ROW =
            "select " + RunRow.COLUMNS + " from runs r where id = $1 and project_id = $2";

    private final Pool pool;
    private final Outbox outbox;
    private final InstantSource clock;

    @Inject
    public HeldRuns(Pool pool, Outbox outbox, InstantSource clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * A run that this worker now holds.
     *
     * @param was its status before: queued, or that of a run whose former worker is gone
     * @param deaths how many workers have died while they held it
     */
    public record Claimed(RunRow row, RunStatus was, int deaths) {}

    /** What became of a holder's write. */
    public sealed interface Advance {

        /** It is written. */
        record Moved(RunRow row) implements Advance {}

        /** The run is still held, but something else has happened to it that rules this out. */
        record Overtaken(RunRow row) implements Advance {}

        /** The run is not this worker's any more. */
        record Lost() implements Advance {}
    }

    /**
     * Claims these runs in one transaction; those that somebody else got, or that moved on, are
     * left out.
     */
    public Uni<List<Claimed>> claim(Collection<RunRequested> requests, String worker) {
        Map<String, Claim> claims = new LinkedHashMap<>();
        Instant now = clock.instant();
        for (RunRequested request : requests) {
            claims.merge(request.run().id(), Claim.of(request, worker, now), Claim::newer);
        }
        List<Claim> wanted = List.copyOf(claims.values());
        return claim(wanted, worker).execute(pool).map(rows -> claimed(rows, claims));
    }

    private record Claim(RunRow before, RunRow after, List<OutboxMessage> facts) {

        static Claim of(RunRequested request, String worker, Instant now) {
            RunRow before = RunRow.of(request);
            Decision decision = RunLifecycle.decide(before.run(), new RunEvent.Started(), now);
            Run run = decision instanceof Decision.Move move ? move.run() : before.run();
            RunRow after = before.claimedBy(worker, run);
            List<OutboxMessage> facts =
                    decision instanceof Decision.Move move
                            ? RunChanges.facts(before, after, move.effects(), now)
                            : List.of();
            return new Claim(before, after, facts);
        }

        Claim newer(Claim other) {
            return other.before.version() > before.version() ? other : this;
        }
    }

    private static Statement.Bound claim(List<Claim> claims, String worker) {
        Statement.Bound bound =
                CLAIM.with("worker", worker)
                        .with("ids", column(claims, c -> c.before().run().id()))
                        .with("thread_ids", column(claims, c -> c.before().run().threadId()))
                        .with(
                                "versions",
                                claims.stream()
                                        .map(c -> c.before().version())
                                        .toArray(Integer[]::new))
                        .with(
                                "epochs",
                                claims.stream()
                                        .map(c -> c.before().epoch())
                                        .toArray(Integer[]::new))
                        .with("statuses", column(claims, c -> c.after().run().status().wire()))
                        .with("documents", column(claims, c -> Json.compact(c.after().run())))
                        .with("fact_runs", runIdsOfFacts(claims));
        return OutboxColumns.in(bound, claims.stream().flatMap(c -> c.facts().stream()).toList());
    }

    private static String[] column(List<Claim> claims, Function<Claim, String> value) {
        return claims.stream().map(value).toArray(String[]::new);
    }

    /** A fact is written if its own run is claimed; a batch can hold an older one of its thread. */
    private static String[] runIdsOfFacts(List<Claim> claims) {
        return claims.stream()
                .flatMap(c -> c.facts().stream().map(fact -> c.before().run().id()))
                .toArray(String[]::new);
    }

    private List<Claimed> claimed(RowSet<Row> rows, Map<String, Claim> claims) {
        List<Claimed> claimed = new ArrayList<>();
        for (Row row : rows) {
            Claim claim = claims.get(row.getString("id"));
            Long fact = row.getLong("fact");
            if (claim != null) {
                claimed.add(
                        new Claimed(
                                claim.after(),
                                claim.before().run().status(),
                                row.getInteger("deaths")));
                outbox.committed(fact == null ? new Long[0] : new Long[] {fact}, claim.facts());
            }
        }
        return claimed;
    }

    /**
     * Applies what the holder's work has come to, with the messages and steps that belong to it.
     *
     * @param held the row as the holder knows it; whatever else happened since is taken into
     *     account
     */
    public Uni<Advance> advance(
            RunRow held, RunEvent event, List<Message> messages, List<StepWithUsage> steps) {
        RunUpdateStatement write = RunChanges.write(held, event, steps, messages, clock.instant());
        return write == null
                ? item(new Advance.Overtaken(held))
                : write(write)
                        .chain(
                                written ->
                                        written
                                                ? moved(write.after())
                                                : reloaded(write, event, messages, steps));
    }

    /**
     * Saves what the holder has done so far and lets go of the run until its tools have answered.
     *
     * @param requests the facts that ask for the tools
     */
    public Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> requests) {
        return save(held, held.next(held.run(), null), messages, steps, requests);
    }

    /** Saves messages and steps that are at their end while the run itself goes on as it is. */
    public Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps) {
        return save(held, held.next(held.run(), held.worker()), messages, steps, List.of());
    }

    private Uni<Advance> save(
            RunRow held,
            RunRow after,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> facts) {
        RunUpdateStatement write = new RunUpdateStatement(held, after, messages, steps, facts);
        return write(write)
                .chain(
                        written ->
                                written
                                        ? moved(write.after())
                                        : reload(held).map(row -> notSuspended(write, row)));
    }

    private static Advance notSuspended(RunUpdateStatement refused, @Nullable RunRow row) {
        if (row == null) {
            return new Advance.Lost();
        }
        return refused.isIn(row) ? new Advance.Moved(row) : new Advance.Overtaken(row);
    }

    private Uni<Boolean> write(RunUpdateStatement write) {
        return write.statement()
                .execute(pool)
                .map(rows -> write.written(rows.iterator().next()))
                .invoke(written -> outbox.committed(written.ids(), written.facts()))
                .map(RunUpdateStatement.Written::done);
    }

    /** The row has moved on: the event is decided again on what it is now. */
    private Uni<Advance> reloaded(
            RunUpdateStatement refused,
            RunEvent event,
            List<Message> messages,
            List<StepWithUsage> steps) {
        return reload(refused.before())
                .chain(
                        row -> {
                            if (row == null) {
                                return item(new Advance.Lost());
                            }
                            // Committed after all: only the answer was lost.
                            return refused.isIn(row)
                                    ? moved(row)
                                    : advance(
                                            row.spendingOnly(refused.before().spent()),
                                            event,
                                            messages,
                                            steps);
                        });
    }

    /** The row as it is now; null if it is another worker's or gone. */
    public Uni<@Nullable RunRow> reload(RunRow held) {
        return pool.preparedQuery(ROW)
                .execute(Tuple.of(held.run().id(), held.projectId()))
                .map(rows -> rows.rowCount() == 0 ? null : RunRow.of(rows.iterator().next()))
                .map(row -> row == null || row.epoch() != held.epoch() ? null : row);
    }

    private static Uni<Advance> moved(RunRow row) {
        return item(new Advance.Moved(row));
    }

    private static Uni<Advance> item(Advance advance) {
        return Uni.createFrom().item(advance);
    }
}
