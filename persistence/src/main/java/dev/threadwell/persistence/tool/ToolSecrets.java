package dev.threadwell.persistence.tool;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.mcp.SecretHeaders;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    private static final Statement INSERT =
            Statement.of(
                    """
                    insert into tool_secrets (id, project_id, owner, document)
                    select id, :project_id, :owner, document::json
                    from unnest(:ids::text[], :documents::text[]) as n (id, document)
                    """);

    private static final Statement FIND =
            Statement.of(
                    "select document::text as document from tool_secrets"
                            + " where id = :id and project_id = :project_id");

    private static final Statement SWEEP =
            Statement.of(
                    """
                    delete from tool_secrets where id in (
                        select s.id from tool_secrets s
                        where s.created_at < now() - interval '1 day'
                            and not exists (
                                select from assistants a
                                where a.id = s.owner and a.project_id = s.project_id
                                    and s.id = any(a.secret_ids))
                        order by s.created_at limit :limit)
                    """);

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
        return INSERT.with("project_id", projectId)
                .with("owner", owner)
                .with("ids", ids)
                .with("documents", documents)
                .execute(pool)
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
                : FIND.with("id", id)
                        .with("project_id", projectId)
                        .execute(pool)
                        .map(ToolSecrets::only);
    }

    private static ToolSecret only(RowSet<Row> rows) {
        return rows.size() == 0
                ? ToolSecret.NONE
                : Json.read(rows.iterator().next().getString("document"), ToolSecret.class);
    }

    /** Deletes up to {@code limit} secrets that are not used any more; returns how many. */
    public Uni<Integer> sweep(int limit) {
        return SWEEP.with("limit", limit).execute(pool).map(RowSet::rowCount);
    }
}
