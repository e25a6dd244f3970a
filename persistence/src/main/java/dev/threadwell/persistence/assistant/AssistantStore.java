package dev.threadwell.persistence.assistant;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.database.DocumentColumn;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The assistants of a project. */
@ApplicationScoped
public class AssistantStore {

    private static final Listing<Assistant> OF_PROJECT =
            new Listing<>(
                    "assistants",
                    "assistant",
                    Assistant.class,
                    Assistant::id,
                    List.of("project_id"));

    private static final Statement INSERT =
            Statement.of(
                    """
                    insert into assistants (id, project_id, vector_store_id, document)
                    values (:id, :project_id, :vector_store_id, :document::text::json)
                    """);

    private static final DocumentColumn<Assistant> DOCUMENTS =
            new DocumentColumn<>(
                    Assistant.class,
                    "select document::text as document from assistants"
                            + " where id = :id and project_id is not distinct from :project_id",
                    "update assistants set document = :document::text::json,"
                            + " vector_store_id = :vector_store_id"
                            + " where id = :id and project_id is not distinct from :project_id",
                    Map.of("vector_store_id", AssistantStore::vectorStore));

    private static final Statement DELETE =
            Statement.of(
                    """
                    with f as (delete from v1_files where id = :id and project_id is not distinct from :project_id)
                    delete from assistants where id = :id and project_id is not distinct from :project_id
                    """);

    private final Pool pool;

    @Inject
    public AssistantStore(Pool pool) {
        this.pool = pool;
    }

    /** Saves a new assistant. */
    public Uni<Assistant> create(String projectId, Assistant assistant) {
        return INSERT.with("id", assistant.id())
                .with("project_id", projectId)
                .with("vector_store_id", vectorStore(assistant))
                .with("document", Json.compact(assistant))
                .execute(pool)
                .replaceWith(assistant);
    }

    private static @Nullable String vectorStore(Assistant assistant) {
        return ToolFiles.of(assistant.toolResources()).store();
    }

    /** The assistant, or null. */
    public Uni<@Nullable Assistant> find(String projectId, String id) {
        return DOCUMENTS.find(pool, key(projectId, id));
    }

    /** Changes the assistant under a lock; null if there is none. */
    public Uni<@Nullable Assistant> modify(
            String projectId, String id, UnaryOperator<Assistant> change) {
        return DOCUMENTS.modify(pool, change, key(projectId, id));
    }

    /** Deletes the assistant; false if there is none. Its runs are kept. */
    public Uni<Boolean> delete(String projectId, String id) {
        return DELETE.with(key(projectId, id)).execute(pool).map(rows -> rows.rowCount() > 0);
    }

    /** A page of the project's assistants. */
    public Uni<Page<Assistant>> list(String projectId, ListQuery query) {
        return OF_PROJECT.page(pool, query, projectId);
    }

    private static Map<String, String> key(String projectId, String id) {
        return Map.of("id", id, "project_id", projectId);
    }
}
