package dev.threadwell.persistence.thread;

import dev.threadwell.persistence.database.DocumentColumn;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The messages of threads. Messages of runs are written together with their run. */
@ApplicationScoped
public class MessageStore {

    private static final Listing<Message> OF_THREAD =
            new Listing<>(
                    "messages",
                    "message",
                    Message.class,
                    Message::id,
                    List.of("project_id", "thread_id"));

    private static final Listing<Message> OF_RUN = OF_THREAD.filteredBy("run_id");

    private static final Statement LOCK_THREAD =
            Statement.of(
                    "select seq from threads where id = :id and project_id is not distinct from :project_id for update");

    /** Stops counting at the limit; reads the index of the thread's messages alone. */
    private static final Statement COUNT =
            Statement.of(
                    """
                    select count(*) as messages
                    from (select 1 from messages where thread_id = :thread_id limit :limit) as counted
                    """);

    /**
     * A separate statement after the lock, so that it sees a run that was created while it waited
     * for the lock.
     */
    private static final Statement ADD =
            Statement.of(
                    """
                    with a as (
                        select id from runs
                        where thread_id = :thread_id and ended_at is null and not waiting),
                    t as (
                        update threads set seq = seq + 1 where id = :thread_id and not exists (select 1 from a)
                        returning seq),
                    m as (
                        insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                        select :id, :project_id, :thread_id, t.seq, :role, null, :document::text::json from t)
                    select (select id from a) as active_run
                    """);

    private static final DocumentColumn<Message> DOCUMENTS =
            new DocumentColumn<>(
                    Message.class,
                    "select document::text as document from messages"
                            + " where id = :id and thread_id is not distinct from :thread_id and project_id is not distinct from :project_id",
                    "update messages set document = :document::text::json"
                            + " where id = :id and thread_id is not distinct from :thread_id and project_id is not distinct from :project_id");

    private static final Statement DELETE =
            Statement.of(
                    """
                    with f as (
                        delete from v1_files
                        where id = :id and thread_id is not distinct from :thread_id and project_id is not distinct from :project_id)
                    delete from messages where id = :id and thread_id is not distinct from :thread_id and project_id is not distinct from :project_id
                    """);

    /** The original's documented limit for the messages of a thread. */
    public static final int MAX_MESSAGES = 100_000;

    private final Pool pool;

    @Inject
    public MessageStore(Pool pool) {
        this.pool = pool;
    }

    /** The result of adding a message. */
    public sealed interface Addition {

        /** The message was added. */
        record Added(Message message) implements Addition {}

        /** A run is active on the thread. */
        record Busy(String runId) implements Addition {}

        /** There is no such thread. */
        record NoThread() implements Addition {}

        /** The thread has {@link #MAX_MESSAGES}. */
        record Full() implements Addition {}
    }

    /** Adds a message to a thread, unless a run is active on it or the thread is full. */
    public Uni<Addition> add(String projectId, Message message) {
        return pool.withTransaction(
                c ->
                        LOCK_THREAD
                                .with("id", message.threadId())
                                .with("project_id", projectId)
                                .execute(c)
                                .chain(
                                        thread ->
                                                thread.rowCount() == 0
                                                        ? Uni.createFrom()
                                                                .item(new Addition.NoThread())
                                                        : addIfRoom(
                                                                c,
                                                                projectId,
                                                                message,
                                                                thread.iterator()
                                                                        .next()
                                                                        .getLong("seq"))));
    }

    /**
     * Every message takes a number of the thread's sequence, so only a thread whose sequence has
     * passed the limit can be full and needs to be counted.
     */
    private static Uni<Addition> addIfRoom(
            SqlConnection c, String projectId, Message message, long seq) {
        if (seq < MAX_MESSAGES) {
            return add(c, projectId, message);
        }
        return COUNT.with("thread_id", message.threadId())
                .with("limit", MAX_MESSAGES)
                .execute(c)
                .chain(
                        rows ->
                                rows.iterator().next().getLong("messages") < MAX_MESSAGES
                                        ? add(c, projectId, message)
                                        : Uni.createFrom().item(new Addition.Full()));
    }

    private static Uni<Addition> add(SqlConnection c, String projectId, Message message) {
        return ADD.with("thread_id", message.threadId())
                .with("id", message.id())
                .with("project_id", projectId)
                .with("role", message.role())
                .with("document", Json.compact(message))
                .execute(c)
                .map(rows -> rows.iterator().next().getString("active_run"))
                .map(run -> run == null ? new Addition.Added(message) : new Addition.Busy(run));
    }

    /** The message, or null. */
    public Uni<@Nullable Message> find(String projectId, String threadId, String id) {
        return DOCUMENTS.find(pool, key(projectId, threadId, id));
    }

    /** Changes the message under a lock; null if there is none. */
    public Uni<@Nullable Message> modify(
            String projectId, String threadId, String id, UnaryOperator<Message> change) {
        return DOCUMENTS.modify(pool, change, key(projectId, threadId, id));
    }

    /** Deletes the message; false if there is none. */
    public Uni<Boolean> delete(String projectId, String threadId, String id) {
        return DELETE.with(key(projectId, threadId, id))
                .execute(pool)
                .map(rows -> rows.rowCount() > 0);
    }

    private static Map<String, String> key(String projectId, String threadId, String id) {
        return Map.of("id", id, "thread_id", threadId, "project_id", projectId);
    }

    /** A page of a thread's messages. */
    public Uni<Page<Message>> list(String projectId, String threadId, ListQuery query) {
        return OF_THREAD.page(pool, query, projectId, threadId);
    }

    /** A page of the messages that a run wrote. */
    public Uni<Page<Message>> listOfRun(
            String projectId, String threadId, String runId, ListQuery query) {
        return OF_RUN.page(pool, query, projectId, threadId, runId);
    }
}
