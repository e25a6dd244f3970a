package dev.threadwell.persistence.file;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files of assistants, messages and runs as v1 lists them, in the order in which they were
 * attached.
 */
@ApplicationScoped
public class V1Files {

    private static final Statement SAVE =
            Statement.of(
                    """
                    insert into v1_files (id, project_id, thread_id, document)
                    select x.id, :project_id, :thread_id, x.document::json
                    from unnest(:ids::text[], :documents::text[]) as x(id, document)
                    on conflict (id) do update set document = excluded.document
                        where v1_files.project_id = excluded.project_id
                    """);

    private static final Statement FIND =
            Statement.of(
                    "select id, document::text as document from v1_files"
                            + " where project_id = :project_id and id = any(:ids)");

    /** How the ids of messages begin. */
    private static final String MESSAGES = "msg_";

    private static final Statement OF_THREAD =
            Statement.of(
                    "select id, document::text as document from v1_files"
                            + " where project_id = :project_id and thread_id = :thread_id");

    private static final Statement BEGIN =
            Statement.of(
                    """
                    insert into v1_files (id, project_id, document) values (:id, :project_id, '[]')
                    on conflict (id) do nothing
                    """);

    private static final Statement LOCK =
            Statement.of(
                    """
                    select id, document::text as document from v1_files
                    where id = :id and project_id = :project_id for update
                    """);

    private static final Statement CHANGE =
            Statement.of(
                    "update v1_files set document = :document::text::json"
                            + " where id = :id and project_id = :project_id");

    private static final Statement FORGET =
            Statement.of("delete from v1_files where project_id = :project_id and id = any(:ids)");

    private final Pool pool;

    @Inject
    public V1Files(Pool pool) {
        this.pool = pool;
    }

    /**
     * The files of these objects, by the objects' ids. Objects without files are missing from the
     * map.
     */
    public Uni<Map<String, List<V1File>>> of(String projectId, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : FIND.with("project_id", projectId)
                        .with("ids", ids.toArray(String[]::new))
                        .execute(pool)
                        .map(V1Files::files);
    }

    /** The files of one object. */
    public Uni<List<V1File>> of(String projectId, String id) {
        return of(projectId, List.of(id)).map(found -> found.getOrDefault(id, List.of()));
    }

    /** The ids of the files of a thread's messages, without duplicates. */
    public Uni<List<String>> ofMessages(String projectId, String threadId) {
        return OF_THREAD
                .with("project_id", projectId)
                .with("thread_id", threadId)
                .execute(pool)
                .map(
                        rows ->
                                files(rows).entrySet().stream()
                                        .filter(held -> held.getKey().startsWith(MESSAGES))
                                        .flatMap(held -> held.getValue().stream())
                                        .map(V1File::id)
                                        .distinct()
                                        .toList());
    }

    private static Map<String, List<V1File>> files(RowSet<Row> rows) {
        Map<String, List<V1File>> files = new HashMap<>();
        for (Row row : rows) {
            V1File[] given = Json.read(row.getString("document"), V1File[].class);
            files.put(row.getString("id"), List.of(given));
        }
        return files;
    }

    /**
     * Saves the files of new objects, by the ids that the objects will have.
     *
     * @param threadId the thread of the objects, if they belong to one
     */
    public Uni<Void> save(
            String projectId, @Nullable String threadId, Map<String, List<V1File>> files) {
        String[] documents = files.values().stream().map(Json::compact).toArray(String[]::new);
        return files.isEmpty()
                ? Uni.createFrom().voidItem()
                : SAVE.with("project_id", projectId)
                        .with("thread_id", threadId)
                        .with("ids", files.keySet().toArray(String[]::new))
                        .with("documents", documents)
                        .execute(pool)
                        .replaceWithVoid();
    }

    /** Changes the files of an object that belongs to no thread, under a lock. */
    public Uni<List<V1File>> change(
            String projectId, String id, UnaryOperator<List<V1File>> change) {
        Map<String, String> key = Map.of("id", id, "project_id", projectId);
        return pool.withTransaction(
                c ->
                        BEGIN.with(key)
                                .execute(c)
                                .chain(begun -> LOCK.with(key).execute(c))
                                .map(rows -> files(rows).getOrDefault(id, List.of()))
                                .chain(before -> changed(c, projectId, id, change.apply(before))));
    }

    private static Uni<List<V1File>> changed(
            SqlConnection c, String projectId, String id, List<V1File> after) {
        return CHANGE.with("id", id)
                .with("project_id", projectId)
                .with("document", Json.compact(after))
                .execute(c)
                .replaceWith(after);
    }

    /** Deletes the files that were saved for objects whose creation failed. */
    public Uni<Void> forget(String projectId, Collection<String> ids) {
        return FORGET.with("project_id", projectId)
                .with("ids", ids.toArray(String[]::new))
                .execute(pool)
                .replaceWithVoid();
    }
}
