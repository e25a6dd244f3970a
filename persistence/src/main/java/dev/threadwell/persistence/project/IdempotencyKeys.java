package dev.threadwell.persistence.project;

import dev.threadwell.persistence.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    /** Returns no row if a concurrent claim was committed while this statement waited for it. */
    private static final Statement CLAIM =
            Statement.of(
                    """
                    with claimed as (
                        insert into idempotency_keys as k (project_id, key, request, path, lease_until)
                        values (:project_id, :key, :request, :path,
                            now() + :lease_millis * interval '1 millisecond')
                        on conflict (project_id, key) do update set
                                attempt = k.attempt + 1, lease_until = excluded.lease_until
                            where k.request = excluded.request and k.status is null and k.lease_until <= now()
                        returning attempt, path)
                    select true as granted, attempt, path, true as same,
                        null::int as status, null::text as content_type, null::bytea as body
                    from claimed
                    union all
                    select false, attempt, path, request = :request, status, content_type, body
                    from idempotency_keys
                    where project_id = :project_id and key = :key and not exists (select 1 from claimed)
                    """);

    private static final Statement KEEP =
            Statement.of(
                    """
                    update idempotency_keys set
                        status = :status, content_type = :content_type, body = :body
                    where project_id = :project_id and key = :key and attempt = :attempt and status is null
                    """);

    private static final Statement RELEASE =
            Statement.of(
                    """
                    update idempotency_keys set lease_until = '-infinity'
                    where project_id = :project_id and key = :key and attempt = :attempt and status is null
                    """);

    /** Looks for an object of any kind that a request can create and a path can name. */
    private static final Statement EXISTS =
            Statement.of(
                    """
                    select exists(select 1 from assistants where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from threads where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from messages where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from runs where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from files where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from vector_stores where id = :id and project_id is not distinct from :project_id)
                        or exists(select 1 from vector_store_file_batches where id = :id and project_id is not distinct from :project_id)
                    """);

    private static final Statement SWEEP =
            Statement.of(
                    """
                    delete from idempotency_keys where (project_id, key) in (
                        select project_id, key from idempotency_keys
                        where created_at < now() - :kept_millis * interval '1 millisecond'
                        order by created_at limit :limit for update skip locked)
                    """);

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
        return CLAIM.with("project_id", projectId)
                .with("key", key)
                .with("request", request)
                .with("path", path)
                .with("lease_millis", (double) LEASE.toMillis())
                .execute(pool)
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
        return of(KEEP, attempt)
                .with("status", answer.status())
                .with("content_type", answer.contentType())
                .with("body", answer.body())
                .execute(pool)
                .replaceWithVoid();
    }

    /** Ends an attempt without a final response, so that the next one may begin at once. */
    public Uni<Void> release(Attempt attempt) {
        return of(RELEASE, attempt).execute(pool).replaceWithVoid();
    }

    private static Statement.Bound of(Statement statement, Attempt attempt) {
        return statement
                .with("project_id", attempt.projectId())
                .with("key", attempt.key())
                .with("attempt", attempt.number());
    }

    /** Whether an object exists that has this id and that a request could have created. */
    public Uni<Boolean> exists(String projectId, String id) {
        return EXISTS.with("project_id", projectId)
                .with("id", id)
                .execute(pool)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Deletes up to {@code limit} keys that were first used longer ago; returns how many. */
    public Uni<Integer> sweep(Duration kept, int limit) {
        return SWEEP.with("kept_millis", (double) kept.toMillis())
                .with("limit", limit)
                .execute(pool)
                .map(RowSet::rowCount);
    }
}
