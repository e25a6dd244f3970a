package dev.threadwell.persistence.tool;

import dev.threadwell.run.Ids;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
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

    private static final String BEGIN =
            """
            with begun as (
                insert into tool_calls (id, project_id, thread_id, run_id, step_id, call_id,
                    awaited, deadline)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (step_id, call_id) do nothing
                returning id)
            select id, true as first, null as answer from begun
            union all
            select id, false, answer::text from tool_calls
            where step_id = $5 and call_id = $6 and project_id = $2
            """;

    private static final String ANSWERED =
            "update tool_calls set answer = $2::text::json where id = $1 and project_id = $3";

    private static final String COLUMNS =
            "select id, project_id, thread_id, run_id, step_id, call_id from tool_calls";

    private static final String AWAITED = COLUMNS + " where id = $1 and awaited";

    private static final String OVERDUE =
            COLUMNS + " where awaited and deadline < now() order by deadline limit $1";

    private static final String CLOSE = "delete from tool_calls where id = $1";

    private static final String SWEEP =
            """
            delete from tool_calls where id in (
                select id from tool_calls
                where not awaited and deadline < now() - interval '1 hour'
                order by deadline limit $1)
            """;

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
        Tuple parameters =
                Tuple.of(
                                Ids.openCall(),
                                call.projectId(),
                                call.threadId(),
                                call.runId(),
                                call.stepId(),
                                call.callId())
                        .addBoolean(awaited)
                        .addOffsetDateTime(OffsetDateTime.ofInstant(deadline, ZoneOffset.UTC));
        return pool.preparedQuery(BEGIN)
                .execute(parameters)
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
        return pool.preparedQuery(ANSWERED)
                .execute(Tuple.of(id, Json.compact(output), projectId))
                .replaceWithVoid();
    }

    /** The awaited call with this id, or null. */
    public Uni<@Nullable PendingCall> awaited(String id) {
        return pool.preparedQuery(AWAITED)
                .execute(Tuple.of(id))
                .<@Nullable PendingCall>map(
                        rows -> rows.size() == 0 ? null : call(rows.iterator().next()));
    }

    /** Awaited calls whose deadline has passed. */
    public Uni<List<PendingCall>> overdue(int limit) {
        return pool.preparedQuery(OVERDUE)
                .execute(Tuple.of(limit))
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
        return pool.preparedQuery(CLOSE).execute(Tuple.of(id)).replaceWithVoid();
    }

    /**
     * Deletes up to {@code limit} calls that are not awaited and whose deadline passed more than an
     * hour ago; returns how many.
     */
    public Uni<Integer> sweep(int limit) {
        return pool.preparedQuery(SWEEP).execute(Tuple.of(limit)).map(RowSet::rowCount);
    }
}
