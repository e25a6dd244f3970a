package dev.threadwell.persistence.run;

import dev.threadwell.persistence.run.RunUpdateStatement.Written;
import dev.threadwell.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The transaction around every change of a run from outside of its execution: locks the thread,
 * decides, saves, and publishes after the commit.
 */
@ApplicationScoped
public class RunTransactions {

    private static final String LOCK_THREAD =
            "select id from threads where id = $1 and project_id is not distinct from $2 for update";

    private static final String ROW =
            "select "
                    + RunRow.COLUMNS
                    + " from runs r where id = $1 and thread_id is not distinct from $2 and project_id is not distinct from $3";

    private static final String OPEN_STEPS =
            "select document::text as document, spent::text as spent from run_steps"
                    + " where run_id = $1 and open order by seq";

    private final Pool pool;
    private final Outbox outbox;
    private final RunMetrics metrics;

    @Inject
    public RunTransactions(Pool pool, Outbox outbox, RunMetrics metrics) {
        this.pool = pool;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** A run and its open steps, which are read under the lock of their thread. */
    record Locked(RunRow row, List<StepWithUsage> open) {}

    /** A decision made under the lock, with its write if it has one. */
    record Decided<T>(T outcome, @Nullable RunUpdateStatement write) {}

    /** Makes the decision under the lock and saves its write; null if there is no such run. */
    <T> Uni<@Nullable T> decide(RunKey key, Function<Locked, Decided<T>> decision) {
        return pool.withTransaction(c -> within(c, key, decision))
                .invoke(this::publish)
                .<@Nullable T>map(saved -> saved == null ? null : saved.outcome());
    }

    private static final Written NOTHING = new Written(false, new Long[0], List.of());

    /** An outcome with its write, and the outbox messages to publish after the commit. */
    record Saved<T>(T outcome, @Nullable RunUpdateStatement write, Written written) {}

    /** The same within a larger transaction; the caller publishes the messages after its commit. */
    <T> Uni<@Nullable Saved<T>> within(
            SqlConnection c, RunKey key, Function<Locked, Decided<T>> decision) {
        return locked(c, key).chain(l -> save(c, l, decision));
    }

    /** Locks the thread, if it exists. */
    Uni<RowSet<Row>> lock(SqlConnection c, RunKey key) {
        return c.preparedQuery(LOCK_THREAD).execute(Tuple.of(key.threadId(), key.projectId()));
    }

    private Uni<@Nullable Locked> locked(SqlConnection c, RunKey key) {
        return lock(c, key)
                .chain(
                        thread ->
                                c.preparedQuery(ROW)
                                        .execute(
                                                Tuple.of(
                                                        key.runId(),
                                                        key.threadId(),
                                                        key.projectId())))
                .map(rows -> rows.rowCount() == 0 ? null : RunRow.of(rows.iterator().next()))
                .chain(row -> withOpenSteps(c, row));
    }

    private static Uni<@Nullable Locked> withOpenSteps(SqlConnection c, @Nullable RunRow row) {
        if (row == null) {
            return Uni.createFrom().nullItem();
        }
        return c.preparedQuery(OPEN_STEPS)
                .execute(Tuple.of(row.run().id()))
                .map(steps -> new Locked(row, StepStore.openSteps(steps)));
    }

    private static <T> Uni<@Nullable Saved<T>> save(
            SqlConnection c, @Nullable Locked locked, Function<Locked, Decided<T>> decision) {
        if (locked == null) {
            return Uni.createFrom().nullItem();
        }
        Decided<T> decided = decision.apply(locked);
        RunUpdateStatement write = decided.write();
        return write == null
                ? Uni.createFrom().item(new Saved<>(decided.outcome(), null, NOTHING))
                : write.statement()
                        .execute(c)
                        .map(rows -> write.written(rows.iterator().next()))
                        .map(written -> new Saved<>(decided.outcome(), write, written));
    }

    void publish(@Nullable Saved<?> saved) {
        if (saved != null) {
            outbox.committed(saved.written().ids(), saved.written().outboxMessages());
            RunUpdateStatement write = saved.write();
            if (write != null && saved.written().done()) {
                metrics.changed(write.before(), write.after());
            }
        }
    }
}
