package dev.threadwell.store;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The assistants and threads that use a vector store. */
@ApplicationScoped
class VectorStoreUsers {

    private static final int BATCH = 200;

    private static final String USERS =
            """
            select id, document::text as document from %s
            where used_vector_store(document) = $1 and project_id = $2 and id > $4
            order by id limit $3 for update
            """;

    private static final String SAVE =
            """
            update %s t set document = x.document::json
            from unnest($1::text[], $2::text[]) as x(id, document)
            where t.id = x.id and t.project_id = $3
            """;

    private final Pool pool;

    @Inject
    VectorStoreUsers(Pool pool) {
        this.pool = pool;
    }

    /** Takes the store from all of them, some at a time. */
    Uni<Void> forget(String projectId, String storeId) {
        return forget("assistants", projectId, storeId, "")
                .chain(() -> forget("threads", projectId, storeId, ""));
    }

    private Uni<Void> forget(String table, String projectId, String storeId, String after) {
        return pool.withTransaction(c -> forgetSome(c, table, projectId, storeId, after))
                .chain(
                        some ->
                                some.size() < BATCH
                                        ? Uni.createFrom().voidItem()
                                        : forget(table, projectId, storeId, some.getLast()));
    }

    private static Uni<List<String>> forgetSome(
            SqlConnection c, String table, String projectId, String storeId, String after) {
        return c.preparedQuery(USERS.formatted(table))
                .execute(Tuple.of(storeId, projectId, BATCH, after))
                .chain(rows -> save(c, table, projectId, storeId, rows));
    }

    private static Uni<List<String>> save(
            SqlConnection c, String table, String projectId, String storeId, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(List.of());
        }
        List<String> ids = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        for (Row row : rows) {
            ids.add(row.getString("id"));
            documents.add(without(row.getString("document"), storeId));
        }
        return c.preparedQuery(SAVE.formatted(table))
                .execute(
                        Tuple.tuple()
                                .addArrayOfString(ids.toArray(String[]::new))
                                .addArrayOfString(documents.toArray(String[]::new))
                                .addString(projectId))
                .replaceWith(ids);
    }

    /** What only looks like a use of the store, such as a function's schema, stays as it is. */
    @SuppressWarnings("unchecked")
    private static String without(String document, String storeId) {
        Map<String, Object> changed = new LinkedHashMap<>(Json.read(document, Map.class));
        Object resources = changed.getOrDefault("tool_resources", Map.of());
        ToolFiles files = ToolFiles.of((Map<String, Object>) resources);
        if (!files.stores().contains(storeId)) {
            return document;
        }
        changed.put("tool_resources", files.withStores(List.of()).resources());
        return Json.compact(changed);
    }
}
