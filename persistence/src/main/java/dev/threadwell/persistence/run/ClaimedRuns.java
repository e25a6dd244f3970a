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
 * The statements of the worker that executes a run. No lock is held between two statements: every
 * write is a conditional update on the epoch of the worker's claim and on the version that it was
 * decided on. So a worker that has lost its run changes nothing, however late it notices.
 */
@ApplicationScoped
public class ClaimedRuns {

    /**
     * Runs and threads are named by their ids, so that whatever the plan is, it reads them by their
     * primary keys. A condition that the index of active runs has, such as {@code ended_at is
     * null}, would let it read all of those; the version and the epoch imply it.
     */
    private static final Statement CLAIM =
            Statement.of(
                    """
                    with c as (
                        select * from unnest(:ids::text[], :thread_ids::text[], :versions::int[], :epochs::int[], :statuses::text[], :documents::text[])
                            as c(id, thread_id, version, epoch, status, document)),
                    l as (select id from threads where id = any(:thread_ids::text[]) order by id for update),
                    r as (
                        update runs set status = c.status, document = c.document::json, worker = :worker,
                            version = runs.version + 1, epoch = runs.epoch + 1
                        from c join l on l.id = c.thread_id
                        where runs.id = any(:ids::text[])
                            and runs.id = c.id and runs.version = c.version and runs.epoch = c.epoch
                            and runs.worker is null
                            -- A run whose time was over before anybody took it is left to expire.
                            and (runs.status <> 'queued' or runs.expires_at > extract(epoch from now())::bigint)
                        returning runs.id, runs.thread_id),
                    t as (
                        update threads set seq = threads.seq + 1 from r
                        where threads.id = any(:thread_ids::text[]) and threads.id = r.thread_id),
                    o as (
                        insert into outbox (shard, topic, key, headers, payload)
                        select x.shard, x.topic, x.key, x.headers::json, x.payload
                        from unnest(:outbox_shards::int[], :outbox_topics::text[], :outbox_keys::text[], :outbox_headers::text[], :outbox_payloads::text[], :outbox_runs::text[])
                            as x(shard, topic, key, headers, payload, run)
                            join r on r.id = x.run
                        returning id, key)
                    select r.id, o.id as outbox_id,
                        coalesce((select d.deaths from run_deaths d where d.run_id = r.id), 0) as deaths
                    from r left join o on o.key = r.thread_id
                    """);

    private static final String ROW =
            "select "
                    + RunRow.COLUMNS
                    + " from runs r where id = $1 and project_id is not distinct from $2";

    private final Pool pool;
    private final Outbox outbox;
    private final RunMetrics metrics;
    private final InstantSource clock;

    @Inject
    public ClaimedRuns(Pool pool, Outbox outbox, RunMetrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * A run that this worker has claimed.
     *
     * @param was its status before the claim: queued, or the status that its former worker left
     * @param deaths the number of workers that died while they executed it
     */
    public record Claimed(RunRow row, RunStatus was, int deaths) {}

    /** The result of a worker's write. */
    public sealed interface Advance {

        /** The change was written. */
        record Moved(RunRow row) implements Advance {}

        /** The worker still has the run, but another change of it rules this one out. */
        record Overtaken(RunRow row) implements Advance {}

        /** The run does not belong to this worker any more. */
        record Lost() implements Advance {}
    }

    /**
     * Claims these runs in one transaction. Runs that another worker got, or that have changed
     * since, are left out of the result.
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

    private record Claim(RunRow before, RunRow after, List<OutboxMessage> outboxMessages) {

        static Claim of(RunRequested request, String worker, Instant now) {
            RunRow before = RunRow.of(request);
            Decision decision = RunLifecycle.decide(before.run(), new RunEvent.Started(), now);
            Run run = decision instanceof Decision.Move move ? move.run() : before.run();
            RunRow after = before.claimedBy(worker, run);
            List<OutboxMessage> outboxMessages =
                    decision instanceof Decision.Move move
                            ? RunChanges.outboxMessages(before, after, move.effects(), now)
                            : List.of();
            return new Claim(before, after, outboxMessages);
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
                        .with("outbox_runs", runIdsOfMessages(claims));
        return OutboxColumns.in(
                bound, claims.stream().flatMap(c -> c.outboxMessages().stream()).toList());
    }

    private static String[] column(List<Claim> claims, Function<Claim, String> value) {
        return claims.stream().map(value).toArray(String[]::new);
    }

    /**
     * The run of each message: a message is written only if its own run is claimed, because a batch
     * can contain an older run of the same thread.
     */
    private static String[] runIdsOfMessages(List<Claim> claims) {
        return claims.stream()
                .flatMap(
                        c ->
                                c.outboxMessages().stream()
                                        .map(outboxMessage -> c.before().run().id()))
                .toArray(String[]::new);
    }

    private List<Claimed> claimed(RowSet<Row> rows, Map<String, Claim> claims) {
        List<Claimed> claimed = new ArrayList<>();
        for (Row row : rows) {
            Claim claim = claims.get(row.getString("id"));
            Long outboxId = row.getLong("outbox_id");
            if (claim != null) {
                claimed.add(
                        new Claimed(
                                claim.after(),
                                claim.before().run().status(),
                                row.getInteger("deaths")));
                outbox.committed(
                        outboxId == null ? new Long[0] : new Long[] {outboxId},
                        claim.outboxMessages());
            }
        }
        return claimed;
    }

    /**
     * Applies an event of the execution, and saves its messages and steps in the same statement.
     *
     * @param held the row as the worker knows it; concurrent changes are taken into account
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
     * Saves the progress of the execution and releases the run until its tools have answered.
     *
     * @param requests the outbox messages that request the tools
     */
    public Uni<Advance> suspend(
            RunRow held,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> requests) {
        return save(held, held.next(held.run(), null), messages, steps, requests);
    }

    /** Saves messages and steps that have ended, while the run itself continues unchanged. */
    public Uni<Advance> note(RunRow held, List<Message> messages, List<StepWithUsage> steps) {
        return save(held, held.next(held.run(), held.worker()), messages, steps, List.of());
    }

    private Uni<Advance> save(
            RunRow held,
            RunRow after,
            List<Message> messages,
            List<StepWithUsage> steps,
            List<OutboxMessage> outboxMessages) {
        RunUpdateStatement write =
                new RunUpdateStatement(held, after, messages, steps, outboxMessages);
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
                .invoke(written -> outbox.committed(written.ids(), written.outboxMessages()))
                .map(RunUpdateStatement.Written::done)
                .invoke(done -> counted(write, done));
    }

    private void counted(RunUpdateStatement write, boolean done) {
        if (done) {
            metrics.changed(write.before(), write.after());
        }
    }

    /** Decides the event again on the current row, because the row has changed. */
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
                            // The write was committed, but its response was lost.
                            counted(refused, refused.isIn(row));
                            return refused.isIn(row)
                                    ? moved(row)
                                    : advance(
                                            row.spendingOnly(refused.before().spent()),
                                            event,
                                            messages,
                                            steps);
                        });
    }

    /** The current row; null if the run is deleted or another worker has claimed it. */
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
