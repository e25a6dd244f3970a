package dev.threadwell.store;

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
            where document #>> '{tool_resources,file_search,vector_store_ids,0}' = $1
                and project_id = $2
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
        return forget("assistants", projectId, storeId)
                .chain(() -> forget("threads", projectId, storeId));
    }

    private Uni<Void> forget(String table, String projectId, String storeId) {
        return pool.withTransaction(c -> forgetSome(c, table, projectId, storeId))
                .chain(
                        some ->
                                some < BATCH
                                        ? Uni.createFrom().voidItem()
                                        : forget(table, projectId, storeId));
    }

    private static Uni<Integer> forgetSome(
            SqlConnection c, String table, String projectId, String storeId) {
        return c.preparedQuery(USERS.formatted(table))
                .execute(Tuple.of(storeId, projectId, BATCH))
                .chain(rows -> save(c, table, projectId, rows));
    }

    private static Uni<Integer> save(
            SqlConnection c, String table, String projectId, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(0);
        }
        List<String> ids = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        for (Row row : rows) {
            ids.add(row.getString("id"));
            documents.add(without(row.getString("document")));
        }
        return c.preparedQuery(SAVE.formatted(table))
                .execute(
                        Tuple.tuple()
                                .addArrayOfString(ids.toArray(String[]::new))
                                .addArrayOfString(documents.toArray(String[]::new))
                                .addString(projectId))
                .replaceWith(ids.size());
    }

    @SuppressWarnings("unchecked")
    private static String without(String document) {
        Map<String, Object> changed = new LinkedHashMap<>(Json.read(document, Map.class));
        Map<String, Object> resources =
                new LinkedHashMap<>((Map<String, Object>) changed.get("tool_resources"));
        resources.put("file_search", Map.of("vector_store_ids", List.of()));
        changed.put("tool_resources", resources);
        return Json.compact(changed);
    }
}
