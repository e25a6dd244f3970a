package dev.threadwell.persistence.project;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys with their requests and responses. A key is claimed before the request is
 * executed, and the response is saved after it. A lease allows another attempt to take the key over
 * if the process dies in between.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /**
     * Longer than a request takes. If one does take longer, the ids that are reserved for its new
     * objects prevent duplicates.
     */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofHours(24);

    /** Returns no row if a concurrent claim was committed while this statement waited for it. */
    private static final String CLAIM =
            """
            with claimed as (
                insert into idempotency_keys as k (project_id, key, request, path, lease_until)
                values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
                on conflict (project_id, key) do update set
                        attempt = k.attempt + 1, lease_until = excluded.lease_until
                    where k.request = excluded.request and k.status is null and k.lease_until <= now()
                returning attempt, path)
            select true as granted, attempt, path, true as same,
                null::int as status, null::text as content_type, null::bytea as body
            from claimed
            union all
            select false, attempt, path, request = $3, status, content_type, body
            from idempotency_keys
            where project_id = $1 and key = $2 and not exists (select 1 from claimed)
            """;

    private static final String KEEP =
            """
            update idempotency_keys set status = $4, content_type = $5, body = $6
            where project_id = $1 and key = $2 and attempt = $3 and status is null
            """;

    private static final String GIVE_BACK =
            """
            update idempotency_keys set lease_until = '-infinity'
            where project_id = $1 and key = $2 and attempt = $3 and status is null
            """;

    /** Looks for an object of any kind that a request can create and a path can name. */
    private static final String EXISTS =
            """
            select exists(select 1 from assistants where id = $2 and project_id = $1)
                or exists(select 1 from threads where id = $2 and project_id = $1)
                or exists(select 1 from messages where id = $2 and project_id = $1)
                or exists(select 1 from runs where id = $2 and project_id = $1)
                or exists(select 1 from files where id = $2 and project_id = $1)
                or exists(select 1 from vector_stores where id = $2 and project_id = $1)
                or exists(select 1 from vector_store_file_batches where id = $2 and project_id = $1)
            """;

    private static final String SWEEP =
            """
            delete from idempotency_keys where (project_id, key) in (
                select project_id, key from idempotency_keys
                where created_at < now() - $1 * interval '1 millisecond'
                order by created_at limit $2 for update skip locked)
            """;

    private final Pool pool;

    @Inject
    public IdempotencyKeys(Pool pool) {
        this.pool = pool;
    }

    /**
     * An attempt to execute a request.
     *
     * @param number 1 for the first attempt
     * @param path where the result can be read, as the first attempt chose it
     */
    public record Attempt(String projectId, String key, int number, @Nullable String path) {}

    /**
     * A response.
     *
     * @param body null if it can be read at the path of the result
     */
    public record Answer(int status, String contentType, @Nullable Buffer body) {}

    /** The result of claiming a key, which says what to do with the request. */
    public sealed interface Claim {

        /** Execute it. */
        record Granted(Attempt attempt) implements Claim {}

        /** Return the saved response. */
        record Answered(Answer answer, @Nullable String path) implements Claim {}

        /** Refuse it, because another attempt is executing it. */
        record UnderWay() implements Claim {}

        /** Refuse it, because the key belongs to another request. */
        record Taken() implements Claim {}
    }

    /**
     * Claims a key for a request.
     *
     * @param path where the result will be readable
     */
    public Uni<Claim> claim(String projectId, String key, Buffer request, @Nullable String path) {
        Tuple parameters =
                Tuple.of(projectId, key, request, path, Double.valueOf(LEASE.toMillis()));
        return pool.preparedQuery(CLAIM)
                .execute(parameters)
                .chain(
                        rows ->
                                rows.size() == 0
                                        ? claim(projectId, key, request, path)
                                        : Uni.createFrom()
                                                .item(
                                                        claim(
                                                                projectId,
                                                                key,
                                                                rows.iterator().next())));
    }

    private static Claim claim(String projectId, String key, Row row) {
        String path = row.getString("path");
        if (row.getBoolean("granted")) {
            return new Claim.Granted(new Attempt(projectId, key, row.getInteger("attempt"), path));
        }
        if (!row.getBoolean("same")) {
            return new Claim.Taken();
        }
        Integer status = row.getInteger("status");
        return status == null
                ? new Claim.UnderWay()
                : new Claim.Answered(
                        new Answer(
                                status,
                                row.getString("content_type"),
                                row.get(Buffer.class, "body")),
                        path);
    }

    /** Saves the response, unless a later attempt has taken over. */
    public Uni<Void> keep(Attempt attempt, Answer answer) {
        return pool.preparedQuery(KEEP)
                .execute(
                        Tuple.of(attempt.projectId(), attempt.key(), attempt.number())
                                .addInteger(answer.status())
                                .addString(answer.contentType())
                                .addValue(answer.body()))
                .replaceWithVoid();
    }

    /** Ends an attempt without a final response, so that the next one may begin at once. */
    public Uni<Void> giveBack(Attempt attempt) {
        return pool.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(attempt.projectId(), attempt.key(), attempt.number()))
                .replaceWithVoid();
    }

    /** Whether an object exists that has this id and that a request could have created. */
    public Uni<Boolean> exists(String projectId, String id) {
        return pool.preparedQuery(EXISTS)
                .execute(Tuple.of(projectId, id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Deletes up to {@code limit} keys that are too old; returns how many. */
    public Uni<Integer> sweep(int limit) {
        return pool.preparedQuery(SWEEP)
                .execute(Tuple.of((double) KEPT.toMillis(), limit))
                .map(RowSet::rowCount);
    }
}
