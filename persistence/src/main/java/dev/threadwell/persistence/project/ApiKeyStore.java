package dev.threadwell.persistence.project;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.project.ApiKey;
import dev.threadwell.project.KeyValue;
import dev.threadwell.project.Scopes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks up API keys by their hashes, which every request needs. The administration makes and
 * revokes them.
 */
@ApplicationScoped
public class ApiKeyStore {

    private static final Statement FIND =
            Statement.of(
                    """
                    select k.id, k.project_id, k.scopes, k.expires_at,
                        p.archived_at is not null as archived,
                        coalesce(s.busy_thread, 'reject') as busy_thread,
                        s.download_own_files, coalesce(s.event_ids, false) as event_ids
                    from api_keys k
                        join projects p on p.id = k.project_id
                        left join project_settings s on s.project_id = k.project_id
                    where k.hash = :hash and k.revoked_at is null
                        and (k.expires_at is null or k.expires_at > now())
                    """);

    private static final Statement ENSURE =
            Statement.of(
                    """
                    with p as (
                        insert into projects (id, name) values (:project_id, :project_id)
                        on conflict (id) do nothing)
                    insert into api_keys (hash, project_id, hint, name)
                    values (:hash, :project_id, :hint, :name)
                    on conflict (hash) do nothing
                    """);

    private static final Statement USED =
            Statement.of(
                    """
                    update api_keys k set last_used_at = u.at
                    from unnest(:ids::text[], :times::timestamptz[]) as u(id, at)
                    where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
                    """);

    private static final String CONFIGURED = "threadwell.api-key";

    private final Pool pool;

    @Inject
    public ApiKeyStore(Pool pool) {
        this.pool = pool;
    }

    /** The key with this value and its project; null if it is unknown, revoked or expired. */
    public Uni<@Nullable ApiKey> find(String value) {
        return FIND.with("hash", hash(value))
                .execute(pool)
                .map(rows -> rows.rowCount() == 0 ? null : key(rows.iterator().next()));
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                row.getString("id"),
                ProjectStore.project(row),
                Scopes.stored(row.getString("scopes")),
                instant(row, "expires_at"),
                row.getBoolean("archived"));
    }

    /** Creates this key and its project, unless they exist; a revoked key stays revoked. */
    public Uni<Void> ensure(String projectId, String value) {
        return ENSURE.with("project_id", projectId)
                .with("hash", hash(value))
                .with("hint", KeyValue.redacted(value))
                .with("name", CONFIGURED)
                .execute(pool)
                .replaceWithVoid();
    }

    /** Keeps when these keys, by their ids, were used last. */
    public Uni<Void> used(Map<String, Instant> times) {
        return used(USED, times, pool);
    }

    static Uni<Void> used(Statement statement, Map<String, Instant> times, Pool pool) {
        List<Map.Entry<String, Instant>> uses = List.copyOf(times.entrySet());
        return statement
                .with("ids", uses.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .with(
                        "times",
                        uses.stream()
                                .map(use -> use.getValue().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new))
                .execute(pool)
                .replaceWithVoid();
    }

    static Buffer hash(String value) {
        return Buffer.buffer(KeyValue.hash(value));
    }

    static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
