package dev.threadwell.persistence.run;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.persistence.database.DocumentColumn;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.run.RunTransactions.Decided;
import dev.threadwell.persistence.run.RunTransactions.Locked;
import dev.threadwell.persistence.run.RunTransactions.Saved;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs as all processes except the executing worker use them: creates, reads and lists them, and
 * applies commands.
 */
@ApplicationScoped
public class RunStore {

    private static final Listing<Run> OF_THREAD =
            new Listing<>("runs", "run", Run.class, Run::id, List.of("project_id", "thread_id"));

    private static final String FIND =
            "select document::text as document from runs where id = $1 and thread_id is not distinct from $2 and"
                    + " project_id is not distinct from $3";

    private static final String PREPARE =
            """
            select
                (select document::text from assistants where id = $1 and project_id is not distinct from $3) as assistant,
                (select document::text from threads where id = $2 and project_id is not distinct from $3) as thread,
                (select id from runs where thread_id = $2 and ended_at is null and not waiting) as active_run,
                exists(select 1 from messages where thread_id = $2 and role = 'user') as has_user_message
            """;

    private static final String ACTIVE_RUN =
            "select id from runs where thread_id = $1 and ended_at is null and not waiting";

    /** Waiting runs come first, so that none of them gets the thread in between. */
    private static final String RUNS_WITHOUT_END =
            "select id from runs where thread_id = $1 and project_id = $2 and ended_at is null"
                    + " order by waiting desc, seq";

    private static final String ROW =
            "select "
                    + RunRow.COLUMNS
                    + " from runs r where id = $1 and thread_id is not distinct from $2 and project_id is not distinct from $3";

    private static final String THREAD_CREATED_WITH =
            """
            select t.document::text as document from runs r join threads t on t.id = r.thread_id
            where r.id = $1 and r.thread_id is not distinct from $2 and r.project_id is not distinct from $3 and r.with_thread
            """;

    private final Pool pool;
    private final Outbox outbox;
    private final RunTransactions transactions;
    private final RunMetrics metrics;
    private final InstantSource clock;

    @Inject
    public RunStore(
            Pool pool,
            Outbox outbox,
            RunTransactions transactions,
            RunMetrics metrics,
            InstantSource clock) {
        this.metrics = metrics;
        this.pool = pool;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What the creation of a run depends on. */
    public record Preparation(
            @Nullable Assistant assistant,
            @Nullable ThreadObject thread,
            @Nullable String activeRun,
            boolean hasUserMessage) {}

    /** The result of creating a run. */
    public sealed interface Creation {

        /** The run is queued; it may have to wait for its thread. */
        record Created(RunRow row) implements Creation {}

        /** Another run occupies the thread, and this one may not wait for it. */
        record Busy(String runId) implements Creation {}

        /** The thread does not exist any more. */
        record NoThread() implements Creation {}
    }

    /**
     * The result of a command.
     *
     * @param before the run before the command
     * @param row the run after the command, changed or not
     * @param steps the steps that the command changed, in the form that streams show
     */
    public record Applied(Decision decision, RunRow before, RunRow row, List<StepWithUsage> steps) {

        /**
         * Whether this ended a run that no worker executed, or that was taken from its worker, so
         * that no worker publishes its end.
         */
        public boolean endsUnclaimed() {
            return decision instanceof Decision.Move
                    && (before.worker() == null || row.epoch() > before.epoch())
                    && !row.run().status().isActive();
        }
    }

    /** Looks up in one round trip what the creation of a run depends on. */
    public Uni<Preparation> prepare(String projectId, String threadId, String assistantId) {
        return pool.preparedQuery(PREPARE)
                .execute(Tuple.of(assistantId, threadId, projectId))
                .map(rows -> preparation(rows.iterator().next()));
    }

    private static Preparation preparation(Row row) {
        String assistant = row.getString("assistant");
        String thread = row.getString("thread");
        return new Preparation(
                assistant == null ? null : Json.read(assistant, Assistant.class),
                thread == null ? null : Json.read(thread, ThreadObject.class),
                row.getString("active_run"),
                row.getBoolean("has_user_message"));
    }

    /** Queues a run on an existing thread, after these additional messages. */
    public Uni<Creation> create(RunRow row, List<Message> messages, BusyThread policy) {
        return switch (policy) {
            case REJECT -> create(RunInsertStatement.onThread(row, messages, clock.instant()));
            case ENQUEUE -> create(RunInsertStatement.behindOthers(row, messages, clock.instant()));
            case INTERRUPT ->
                    interrupt(RunInsertStatement.behindOthers(row, messages, clock.instant()));
        };
    }

    /** Queues a run on a new thread that has these messages. */
    public Uni<Creation> createWithThread(RunRow row, ThreadObject thread, List<Message> messages) {
        return create(RunInsertStatement.withThread(row, thread, messages, clock.instant()));
    }

    private Uni<Creation> create(RunInsertStatement insert) {
        return insert.statement()
                .execute(pool)
                .chain(rows -> created(insert, rows.iterator().next()));
    }

    /** Cancels all runs of the thread and queues the new run after them, in one transaction. */
    private Uni<Creation> interrupt(RunInsertStatement insert) {
        RunRow row = insert.row();
        List<Saved<Applied>> cancelled = new ArrayList<>();
        return pool.withTransaction(
                        c ->
                                transactions
                                        .lock(c, row.key())
                                        .chain(() -> cancelAll(c, row.key(), cancelled))
                                        .chain(() -> insert.statement().execute(c)))
                .invoke(() -> cancelled.forEach(transactions::publish))
                .chain(rows -> created(insert, rows.iterator().next()));
    }

    private Uni<Void> cancelAll(SqlConnection c, RunKey of, List<Saved<Applied>> cancelled) {
        return c.preparedQuery(RUNS_WITHOUT_END)
                .execute(Tuple.of(of.threadId(), of.projectId()))
                .chain(
                        rows -> {
                            Uni<Void> all = Uni.createFrom().voidItem();
                            for (Row row : rows) {
                                RunKey key =
                                        new RunKey(
                                                of.projectId(), of.threadId(), row.getString("id"));
                                all = all.chain(() -> cancel(c, key, cancelled));
                            }
                            return all;
                        });
    }

    private Uni<Void> cancel(SqlConnection c, RunKey key, List<Saved<Applied>> cancelled) {
        return transactions
                .within(c, key, locked -> decided(locked, new CancelRun()))
                .onItem()
                .ifNotNull()
                .invoke(cancelled::add)
                .replaceWithVoid();
    }

    private Uni<Creation> created(RunInsertStatement insert, Row result) {
        RunRow written = insert.written(result);
        if (written != null) {
            outbox.committed(result.getArrayOfLongs("outbox_ids"), insert.outboxMessages());
            metrics.created();
            return Uni.createFrom().item(new Creation.Created(written));
        }
        if (!result.getBoolean("found")) {
            return Uni.createFrom().item(new Creation.NoThread());
        }
        return pool.preparedQuery(ACTIVE_RUN)
                .execute(Tuple.of(insert.row().run().threadId()))
                .chain(rows -> busy(insert, rows));
    }

    /** The active run may have ended between the two statements; then the creation is retried. */
    private Uni<Creation> busy(RunInsertStatement insert, RowSet<Row> active) {
        return active.rowCount() == 0
                ? create(insert)
                : Uni.createFrom()
                        .item(new Creation.Busy(active.iterator().next().getString("id")));
    }

    /** The run, or null. */
    public Uni<@Nullable Run> find(RunKey key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(key.runId(), key.threadId(), key.projectId()))
                .<@Nullable Run>map(rows -> DocumentColumn.only(rows, Run.class));
    }

    /** The run with its other columns, or null. */
    public Uni<@Nullable RunRow> row(RunKey key) {
        return pool.preparedQuery(ROW)
                .execute(Tuple.of(key.runId(), key.threadId(), key.projectId()))
                .map(rows -> rows.rowCount() == 0 ? null : RunRow.of(rows.iterator().next()));
    }

    /** The thread that was created together with this run; null if the thread existed before. */
    public Uni<@Nullable ThreadObject> threadCreatedWith(RunKey key) {
        return pool.preparedQuery(THREAD_CREATED_WITH)
                .execute(Tuple.of(key.runId(), key.threadId(), key.projectId()))
                .<@Nullable ThreadObject>map(rows -> DocumentColumn.only(rows, ThreadObject.class));
    }

    /** A page of a thread's runs. */
    public Uni<Page<Run>> list(String projectId, String threadId, ListQuery query) {
        return OF_THREAD.page(pool, query, projectId, threadId);
    }

    /**
     * Applies a command to a run: locks the thread, decides, saves, and publishes after the commit.
     *
     * @return null if there is no such run
     */
    public Uni<@Nullable Applied> apply(RunKey key, RunCommand command) {
        return transactions.decide(key, locked -> decided(locked, command));
    }

    private Decided<Applied> decided(Locked locked, RunCommand command) {
        Instant now = clock.instant();
        RunEvent happened = command.event(locked.row());
        Decision decision =
                happened == null
                        ? new Decision.Ignore("not meant for the run as it is")
                        : RunLifecycle.decide(locked.row().run(), happened, now);
        return switch (decision) {
            case Decision.Move move -> {
                List<StepWithUsage> changed =
                        closing(move.run(), command.steps(locked.open(), now), now);
                RunUpdateStatement write =
                        RunChanges.write(locked.row(), move, command::row, changed, List.of(), now)
                                .requestedBy(command.traceparent());
                yield new Decided<>(new Applied(move, locked.row(), write.after(), changed), write);
            }
            case Decision.Ignore _, Decision.Refuse _ ->
                    new Decided<>(
                            new Applied(decision, locked.row(), locked.row(), List.of()), null);
        };
    }

    private static List<StepWithUsage> closing(Run run, List<StepWithUsage> steps, Instant at) {
        long now = at.getEpochSecond();
        return steps.stream()
                .map(s -> s.open() ? s.with(s.step().endedWith(run, now, s.spent())) : s)
                .toList();
    }
}
