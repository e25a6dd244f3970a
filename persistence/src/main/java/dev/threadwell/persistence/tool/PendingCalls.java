package dev.threadwell.persistence.tool;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.Ids;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that wait for the answer of another service, and calls that must not be executed twice. */
@ApplicationScoped
public class PendingCalls {

    private static final Statement BEGIN =
            Statement.of(
                    """
                    with begun as (
                        insert into tool_calls (id, project_id, thread_id, run_id, step_id, call_id,
                            awaited, deadline)
                        values (:id, :project_id, :thread_id, :run_id, :step_id, :call_id,
                            :awaited, :deadline)
                        on conflict (step_id, call_id) do nothing
                        returning id)
                    select id, true as first, null as answer from begun
                    union all
                    select id, false, answer::text from tool_calls
                    where step_id = :step_id and call_id = :call_id and project_id = :project_id
                    """);

    private static final Statement ANSWERED =
            Statement.of(
                    "update tool_calls set answer = :answer::text::json"
                            + " where id = :id and project_id = :project_id");

    private static final String COLUMNS =
            "select id, project_id, thread_id, run_id, step_id, call_id from tool_calls";

    private static final Statement AWAITED = Statement.of(COLUMNS + " where id = :id and awaited");

    private static final Statement OVERDUE =
            Statement.of(
                    COLUMNS + " where awaited and deadline < now() order by deadline limit :limit");

    private static final Statement CLOSE = Statement.of("delete from tool_calls where id = :id");

    private static final Statement SWEEP =
            Statement.of(
                    """
                    delete from tool_calls where id in (
                        select id from tool_calls
                        where not awaited and deadline < now() - interval '1 hour'
                        order by deadline limit :limit)
                    """);

    private final Pool pool;

    @Inject
    public PendingCalls(Pool pool) {
        this.pool = pool;
    }

    /**
     * A call that has begun.
     *
     * @param first whether it begins now for the first time
     * @param answer the output of an earlier execution, if it is known
     */
    public record Begun(String id, boolean first, @Nullable ToolOutput answer) {}

    /**
     * Records that a call begins.
     *
     * @param awaited whether another service answers it
     */
    public Uni<Begun> begin(ToolRequested call, boolean awaited, Instant deadline) {
        return BEGIN.with("id", Ids.openCall())
                .with("project_id", call.projectId())
                .with("thread_id", call.threadId())
                .with("run_id", call.runId())
                .with("step_id", call.stepId())
                .with("call_id", call.callId())
                .with("awaited", awaited)
                .with("deadline", OffsetDateTime.ofInstant(deadline, ZoneOffset.UTC))
                .execute(pool)
                // No row: a concurrent transaction has just inserted the call, and the next attempt
                // sees it.
                .chain(
                        rows ->
                                rows.size() == 0
                                        ? begin(call, awaited, deadline)
                                        : Uni.createFrom().item(begun(rows.iterator().next())));
    }

    private static Begun begun(Row row) {
        String answer = row.getString("answer");
        return new Begun(
                row.getString("id"),
                row.getBoolean("first"),
                answer == null ? null : Json.read(answer, ToolOutput.class));
    }

    /** Saves the output of a call that must not be executed twice. */
    public Uni<Void> answered(String projectId, String id, ToolOutput output) {
        return ANSWERED.with("id", id)
                .with("answer", Json.compact(output))
                .with("project_id", projectId)
                .execute(pool)
                .replaceWithVoid();
    }

    /** The awaited call with this id, or null. */
    public Uni<@Nullable PendingCall> awaited(String id) {
        return AWAITED.with("id", id)
                .execute(pool)
                .<@Nullable PendingCall>map(
                        rows -> rows.size() == 0 ? null : call(rows.iterator().next()));
    }

    /** Awaited calls whose deadline has passed. */
    public Uni<List<PendingCall>> overdue(int limit) {
        return OVERDUE.with("limit", limit)
                .execute(pool)
                .map(rows -> rows.stream().map(PendingCalls::call).toList());
    }

    private static PendingCall call(Row row) {
        return new PendingCall(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("thread_id"),
                row.getString("run_id"),
                row.getString("step_id"),
                row.getString("call_id"));
    }

    /** Deletes a call that is not awaited any more. */
    public Uni<Void> close(String id) {
        return CLOSE.with("id", id).execute(pool).replaceWithVoid();
    }

    /**
     * Deletes up to {@code limit} calls that are not awaited and whose deadline passed more than an
     * hour ago; returns how many.
     */
    public Uni<Integer> sweep(int limit) {
        return SWEEP.with("limit", limit).execute(pool).map(RowSet::rowCount);
    }
}
