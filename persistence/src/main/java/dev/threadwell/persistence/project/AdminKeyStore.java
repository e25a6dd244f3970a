package dev.threadwell.persistence.project;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.project.AdminKey;
import dev.threadwell.project.KeyValue;
import dev.threadwell.run.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the keys of the administration by their hashes. They are in a table of their own, so
 * that no statement of the projects' keys can take one for a key of a project.
 */
@ApplicationScoped
public class AdminKeyStore {

    private static final Statement FIND =
            Statement.of(
                    """
                    select id, expires_at from admin_keys
                    where hash = :hash and revoked_at is null
                        and (expires_at is null or expires_at > now())
                    """);

    private static final Statement ENSURE =
            Statement.of(
                    """
                    insert into admin_keys (id, hash, name, hint, created_at)
                    values (:id, :hash, :name, :hint, now())
                    on conflict (hash) do nothing
                    """);

    private static final Statement USED =
            Statement.of(
                    """
                    update admin_keys k set last_used_at = u.at
                    from unnest(:ids::text[], :times::timestamptz[]) as u(id, at)
                    where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
                    """);

    private static final String CONFIGURED = "threadwell.admin-key";

    private final Pool pool;

    @Inject
    public AdminKeyStore(Pool pool) {
        this.pool = pool;
    }

    /** The admin key with this value; null if it is unknown, revoked or expired. */
    public Uni<@Nullable AdminKey> find(String value) {
        return FIND.with("hash", ApiKeyStore.hash(value))
                .execute(pool)
                .map(
                        rows -> {
                            if (rows.rowCount() == 0) {
                                return null;
                            }
                            var row = rows.iterator().next();
                            return new AdminKey(
                                    row.getString("id"), ApiKeyStore.instant(row, "expires_at"));
                        });
    }

    /** Creates this key, unless it exists; a revoked key stays revoked. */
    public Uni<Void> ensure(String value) {
        return ENSURE.with("id", Ids.apiKey())
                .with("hash", ApiKeyStore.hash(value))
                .with("name", CONFIGURED)
                .with("hint", KeyValue.redacted(value))
                .execute(pool)
                .replaceWithVoid();
    }

    /** Keeps when these keys, by their ids, were used last. */
    public Uni<Void> used(Map<String, Instant> times) {
        return ApiKeyStore.used(USED, times, pool);
    }
}
