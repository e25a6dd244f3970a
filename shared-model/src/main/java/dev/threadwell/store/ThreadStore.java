package dev.threadwell.store;

import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
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

/** The threads of a project. */
@ApplicationScoped
public class ThreadStore {

    private static final String INSERT =
            """
            with t as (
                insert into threads (id, project_id, seq, document)
                values ($1, $2, cardinality($4::text[]), $3::text::json))
            insert into messages (id, project_id, thread_id, seq, role, run_id, document)
            select x.id, $2, $1, x.n, x.role, null, x.document::json
            from unnest($4::text[], $5::text[], $6::text[]) with ordinality as x(id, role, document, n)
            """;

    private static final Documents<ThreadObject> DOCUMENTS =
            new Documents<>(
                    ThreadObject.class,
                    "select document::text as document from threads where id = $1 and project_id = $2",
                    "update threads set document = $3::text::json where id = $1 and project_id = $2");

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
        return pool.preparedQuery(INSERT)
                .execute(
                        Tuple.tuple()
                                .addString(thread.id())
                                .addString(projectId)
                                .addString(Json.compact(thread))
                                .addArrayOfString(
                                        messages.stream().map(Message::id).toArray(String[]::new))
                                .addArrayOfString(
                                        messages.stream().map(Message::role).toArray(String[]::new))
                                .addArrayOfString(
                                        messages.stream()
                                                .map(Json::compact)
                                                .toArray(String[]::new)))
                .replaceWith(thread);
    }

    /** The thread, or null. */
    public Uni<@Nullable ThreadObject> find(String projectId, String id) {
        return DOCUMENTS.find(pool, id, projectId);
    }

    /** A page of the project's threads. */
    public Uni<Page<ThreadObject>> list(String projectId, ListQuery query) {
        return OF_PROJECT.page(pool, query, projectId);
    }

    /** Changes the thread under its lock; null if there is none. */
    public Uni<@Nullable ThreadObject> modify(
            String projectId, String id, UnaryOperator<ThreadObject> change) {
        return DOCUMENTS.modify(pool, change, id, projectId);
    }
}
