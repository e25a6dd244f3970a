package dev.threadwell.store;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
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

    private static final String INSERT =
            "insert into assistants (id, project_id, document) values ($1, $2, $3::text::json)";

    private static final Documents<Assistant> DOCUMENTS =
            new Documents<>(
                    Assistant.class,
                    "select document::text as document from assistants where id = $1 and project_id = $2",
                    "update assistants set document = $3::text::json where id = $1 and project_id = $2");

    private static final String DELETE =
            """
            with f as (delete from v1_files where id = $1 and project_id = $2)
            delete from assistants where id = $1 and project_id = $2
            """;

    private final Pool pool;

    @Inject
    public AssistantStore(Pool pool) {
        this.pool = pool;
    }

    /** Saves a new assistant. */
    public Uni<Assistant> create(String projectId, Assistant assistant) {
        return pool.preparedQuery(INSERT)
                .execute(Tuple.of(assistant.id(), projectId, Json.compact(assistant)))
                .replaceWith(assistant);
    }

    /** The assistant, or null. */
    public Uni<@Nullable Assistant> find(String projectId, String id) {
        return DOCUMENTS.find(pool, id, projectId);
    }

    /** Changes the assistant under a lock; null if there is none. */
    public Uni<@Nullable Assistant> modify(
            String projectId, String id, UnaryOperator<Assistant> change) {
        return DOCUMENTS.modify(pool, change, id, projectId);
    }

    /** Deletes the assistant; false if there is none. Its runs stay. */
    public Uni<Boolean> delete(String projectId, String id) {
        return pool.preparedQuery(DELETE)
                .execute(Tuple.of(id, projectId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** A page of the project's assistants. */
    public Uni<Page<Assistant>> list(String projectId, ListQuery query) {
        return OF_PROJECT.page(pool, query, projectId);
    }
}
