package dev.threadwell.persistence.project;

import dev.threadwell.project.Project;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Stores API keys as SHA-256 hashes. A fast hash is secure here, because keys are long and random.
 */
@ApplicationScoped
public class ApiKeyStore {

    private static final String PROJECT_OF =
            """
            select k.project_id, coalesce(s.busy_thread, 'reject') as busy_thread,
                s.download_own_files, coalesce(s.event_ids, false) as event_ids
            from api_keys k left join project_settings s on s.project_id = k.project_id
            where k.hash = $1 and k.revoked_at is null
            """;

    private static final String ENSURE =
            """
            with p as (
                insert into projects (id, name) values ($1, $1) on conflict (id) do nothing)
            insert into api_keys (hash, project_id, hint) values ($2, $1, $3)
            on conflict (hash) do nothing
            """;

    private final Pool pool;

    @Inject
    public ApiKeyStore(Pool pool) {
        this.pool = pool;
    }

    /** The project of a key with its settings; null if the key is unknown or revoked. */
    public Uni<@Nullable Project> projectOf(String key) {
        return pool.preparedQuery(PROJECT_OF)
                .execute(Tuple.of(Buffer.buffer(sha256(key))))
                .map(
                        rows ->
                                rows.rowCount() == 0
                                        ? null
                                        : ProjectStore.project(rows.iterator().next()));
    }

    /** Creates this key and its project, unless they exist. */
    public Uni<Void> ensure(String projectId, String key) {
        return pool.preparedQuery(ENSURE)
                .execute(Tuple.of(projectId, Buffer.buffer(sha256(key)), hint(key)))
                .replaceWithVoid();
    }

    /** The part of a key that may be shown. */
    private static String hint(String key) {
        return key.length() < 16
                ? "…"
                : key.substring(0, 6) + "…" + key.substring(key.length() - 4);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
