package dev.threadwell.persistence.run;

import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Decision;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
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
import java.util.List;

/**
 * Deletes threads with their contents. A run that is deleted with its thread is announced as
 * cancelled, so that its worker stops and clients do not wait for its end.
 */
@ApplicationScoped
public class ThreadDeletion {

    /** Deletes the thread's row first, because every transaction locks that row first. */
    private static final String DELETE_THREAD =
            "delete from threads where id = $1 and project_id is not distinct from $2";

    /**
     * Whatever is written in a thread adds to its {@code seq}, so that a thread in which something
     * was written meanwhile is kept, also if this statement had to wait for that.
     */
    private static final String DELETE_UNTOUCHED_THREAD =
            DELETE_THREAD + " and seq = $3 and waiting = 0";

    private static final String RUNS_WITHOUT_END =
            "select "
                    + RunRow.COLUMNS
                    + " from runs r where thread_id = $1 and ended_at is null order by seq";

    private static final List<String> DELETE_CONTENT =
            List.of(
                    "delete from run_steps where run_id in (select id from runs where thread_id ="
                            + " $1)",
                    "delete from runs where thread_id = $1",
                    "delete from messages where thread_id = $1",
                    "delete from v1_files where thread_id = $1",
                    "delete from code_sessions where thread_id = $1",
                    "delete from picture_readings where thread_id = $1");

    private final Pool pool;
    private final Outbox outbox;
    private final InstantSource clock;

    @Inject
    public ThreadDeletion(Pool pool, Outbox outbox, InstantSource clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    private record Deletion(boolean found, Long[] outboxIds, List<OutboxMessage> outboxMessages) {}

    /** Deletes the thread with its active and waiting runs; false if there is none. */
    public Uni<Boolean> delete(String projectId, String id) {
        return delete(id, DELETE_THREAD, Tuple.of(id, projectId));
    }

    /** Deletes the thread unless something has been written in it since it had this {@code seq}. */
    public Uni<Boolean> deleteUntouched(String projectId, String id, long seq) {
        return delete(id, DELETE_UNTOUCHED_THREAD, Tuple.of(id, projectId, seq));
    }

    private Uni<Boolean> delete(String id, String statement, Tuple key) {
        return pool.withTransaction(
                        c ->
                                c.preparedQuery(statement)
                                        .execute(key)
                                        .chain(rows -> deleteContent(c, id, rows.rowCount() > 0)))
                .invoke(
                        deletion ->
                                outbox.committed(deletion.outboxIds(), deletion.outboxMessages()))
                .map(Deletion::found);
    }

    private Uni<Deletion> deleteContent(SqlConnection c, String id, boolean found) {
        if (!found) {
            return Uni.createFrom().item(new Deletion(false, new Long[0], List.of()));
        }
        Uni<Deletion> deletion =
                c.preparedQuery(RUNS_WITHOUT_END)
                        .execute(Tuple.of(id))
                        .map(this::lastWords)
                        .chain(outboxMessages -> save(c, outboxMessages));
        for (String sql : DELETE_CONTENT) {
            deletion = deletion.call(() -> c.preparedQuery(sql).execute(Tuple.of(id)));
        }
        return deletion;
    }

    private static Uni<Deletion> save(SqlConnection c, List<OutboxMessage> outboxMessages) {
        return Outbox.save(c, outboxMessages).map(ids -> new Deletion(true, ids, outboxMessages));
    }

    private List<OutboxMessage> lastWords(RowSet<Row> rows) {
        Instant now = clock.instant();
        return rows.stream().map(RunRow::of).flatMap(row -> lastWords(row, now).stream()).toList();
    }

    private static List<OutboxMessage> lastWords(RunRow row, Instant now) {
        RunEvent deleted = new RunEvent.ThreadDeleted(row.spent());
        return RunLifecycle.decide(row.run(), deleted, now) instanceof Decision.Move move
                ? RunChanges.outboxMessages(row, row.next(move.run(), null), move.effects(), now)
                : List.of();
    }
}
