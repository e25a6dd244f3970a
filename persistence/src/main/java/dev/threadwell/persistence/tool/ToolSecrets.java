package dev.threadwell.persistence.tool;

import dev.threadwell.platform.mcp.SecretHeaders;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of tools. They are written before the assistant or the run that refers to them.
 * Secrets that no assistant refers to are deleted after a day, when no run that uses them can still
 * be active.
 */
@ApplicationScoped
public class ToolSecrets implements SecretHeaders {

    private static final String INSERT =
            """
            insert into tool_secrets (id, project_id, owner, document)
            select id, $1, $2, document::json from unnest($3::text[], $4::text[]) as n (id, document)
            """;

    private static final String FIND =
            "select document::text as document from tool_secrets where id = $1 and project_id = $2";

    private static final String SWEEP =
            """
            delete from tool_secrets where id in (
                select s.id from tool_secrets s
                where s.created_at < now() - interval '1 day'
                    and not exists (
                        select from assistants a
                        where a.id = s.owner and a.project_id = s.project_id
                            and strpos(a.document::text, s.id) > 0)
                order by s.created_at limit $1)
            """;

    private final Pool pool;

    @Inject
    public ToolSecrets(Pool pool) {
        this.pool = pool;
    }

    /**
     * Saves new secrets by id.
     *
     * @param owner the id of the assistant, or any other text if they belong to none
     */
    public Uni<Void> save(String projectId, String owner, Map<String, ToolSecret> secrets) {
        if (secrets.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String[] ids = secrets.keySet().toArray(String[]::new);
        String[] documents = secrets.values().stream().map(Json::compact).toArray(String[]::new);
        return pool.preparedQuery(INSERT)
                .execute(Tuple.of(projectId, owner, ids, documents))
                .replaceWithVoid();
    }

    @Override
    public Uni<Map<String, String>> headers(String projectId, @Nullable String id) {
        return find(projectId, id).map(ToolSecret::headers);
    }

    /** The secret; {@link ToolSecret#NONE} if there is none with this id. */
    public Uni<ToolSecret> find(String projectId, @Nullable String id) {
        return id == null
                ? Uni.createFrom().item(ToolSecret.NONE)
                : pool.preparedQuery(FIND).execute(Tuple.of(id, projectId)).map(ToolSecrets::only);
    }

    private static ToolSecret only(RowSet<Row> rows) {
        return rows.size() == 0
                ? ToolSecret.NONE
                : Json.read(rows.iterator().next().getString("document"), ToolSecret.class);
    }

    /** Deletes up to {@code limit} secrets that are not used any more; returns how many. */
    public Uni<Integer> sweep(int limit) {
        return pool.preparedQuery(SWEEP).execute(Tuple.of(limit)).map(RowSet::rowCount);
    }
}
