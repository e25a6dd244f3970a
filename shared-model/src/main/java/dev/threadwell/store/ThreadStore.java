package dev.threadwell.store;

import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
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

    private static final String FIND =
            "select document::text as document from threads where id = $1 and project_id = $2";

    private static final String SAVE =
            "update threads set document = $3::text::json where id = $1 and project_id = $2";

    /** The thread's row goes first, as it is locked first everywhere. */
    private static final String DELETE_THREAD =
            "delete from threads where id = $1 and project_id = $2";

    private static final List<String> DELETE_CONTENT =
            List.of(
                    "delete from run_steps where run_id in (select id from runs where thread_id = $1)",
                    "delete from runs where thread_id = $1",
                    "delete from messages where thread_id = $1");

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
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, projectId))
                .<@Nullable ThreadObject>map(rows -> Documents.only(rows, ThreadObject.class));
    }

    /** Changes the thread under its lock; null if there is none. */
    public Uni<@Nullable ThreadObject> modify(
            String projectId, String id, UnaryOperator<ThreadObject> change) {
        return pool.withTransaction(
                c ->
                        c.preparedQuery(FIND + " for update")
                                .execute(Tuple.of(id, projectId))
                                .<@Nullable ThreadObject>map(
                                        rows -> Documents.only(rows, ThreadObject.class))
                                .chain(found -> save(c, projectId, found, change)));
    }

    private static Uni<@Nullable ThreadObject> save(
            SqlConnection c,
            String projectId,
            @Nullable ThreadObject found,
            UnaryOperator<ThreadObject> change) {
        if (found == null) {
            return Uni.createFrom().nullItem();
        }
        ThreadObject changed = change.apply(found);
        return c.preparedQuery(SAVE)
                .execute(Tuple.of(found.id(), projectId, Json.compact(changed)))
                .replaceWith(changed);
    }

    /** Deletes the thread with all that is in it, an active run too; false if there is none. */
    public Uni<Boolean> delete(String projectId, String id) {
        return pool.withTransaction(
                c ->
                        c.preparedQuery(DELETE_THREAD)
                                .execute(Tuple.of(id, projectId))
                                .map(rows -> rows.rowCount() > 0)
                                .call(
                                        found ->
                                                found
                                                        ? deleteContent(c, id)
                                                        : Uni.createFrom().voidItem()));
    }

    private static Uni<Void> deleteContent(SqlConnection c, String id) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (String sql : DELETE_CONTENT) {
            all = all.call(() -> c.preparedQuery(sql).execute(Tuple.of(id)));
        }
        return all;
    }
}
