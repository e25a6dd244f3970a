package dev.threadwell.persistence.thread;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.database.DocumentColumn;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The threads of a project. */
@ApplicationScoped
public class ThreadStore {

    private static final Statement INSERT =
            Statement.of(
                    """
                    with t as (
                        insert into threads (id, project_id, seq, vector_store_id, document)
                        values (:id, :project_id, cardinality(:message_ids::text[]),
                            :vector_store_id, :document::text::json))
                    insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                    select x.id, :project_id, :id, x.n, x.role, null, x.document::json
                    from unnest(:message_ids::text[], :roles::text[], :messages::text[])
                        with ordinality as x(id, role, document, n)
                    """);

    private static final DocumentColumn<ThreadObject> DOCUMENTS =
            new DocumentColumn<>(
                    ThreadObject.class,
                    "select document::text as document from threads"
                            + " where id = :id and project_id is not distinct from :project_id",
                    "update threads set document = :document::text::json,"
                            + " vector_store_id = :vector_store_id"
                            + " where id = :id and project_id is not distinct from :project_id",
                    Map.of("vector_store_id", ThreadStore::vectorStore));

    private static final Listing<ThreadObject> OF_PROJECT =
            new Listing<>(
                    "listed_threads",
                    ThreadObject.OBJECT,
                    ThreadObject.class,
                    ThreadObject::id,
                    List.of("project_id"));

    private final Pool pool;

    @Inject
    public ThreadStore(Pool pool) {
        this.pool = pool;
    }

    /** Saves a new thread with its first messages. */
    public Uni<ThreadObject> create(String projectId, ThreadObject thread, List<Message> messages) {
        return INSERT.with("id", thread.id())
                .with("project_id", projectId)
                .with("vector_store_id", vectorStore(thread))
                .with("document", Json.compact(thread))
                .with("message_ids", column(messages, Message::id))
                .with("roles", column(messages, Message::role))
                .with("messages", column(messages, Json::compact))
                .execute(pool)
                .replaceWith(thread);
    }

    private static String[] column(List<Message> messages, Function<Message, String> value) {
        return messages.stream().map(value).toArray(String[]::new);
    }

    private static @Nullable String vectorStore(ThreadObject thread) {
        return ToolFiles.of(thread.toolResources()).store();
    }

    /** The thread, or null. */
    public Uni<@Nullable ThreadObject> find(String projectId, String id) {
        return DOCUMENTS.find(pool, key(projectId, id));
    }

    /** A page of the project's threads. */
    public Uni<Page<ThreadObject>> list(String projectId, ListQuery query) {
        return OF_PROJECT.page(pool, query, projectId);
    }

    /** Changes the thread under its lock; null if there is none. */
    public Uni<@Nullable ThreadObject> modify(
            String projectId, String id, UnaryOperator<ThreadObject> change) {
        return DOCUMENTS.modify(pool, change, key(projectId, id));
    }

    private static Map<String, String> key(String projectId, String id) {
        return Map.of("id", id, "project_id", projectId);
    }
}
