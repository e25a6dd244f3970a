package dev.threadwell.persistence.vectorstore;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assistants and threads that use a vector store. */
@ApplicationScoped
public class VectorStoreUsers {

    private static final int BATCH = 200;

    private static final String USERS =
            """
            select id, document::text as document from %s
            where vector_store_id = :store_id and project_id = :project_id and id > :after
            order by id limit :batch for update
            """;

    private static final String SAVE =
            """
            update %s t set document = x.document::json, vector_store_id = x.vector_store_id
            from unnest(:ids::text[], :documents::text[], :stores::text[])
                as x(id, document, vector_store_id)
            where t.id = x.id and t.project_id = :project_id
            """;

    private static final Table ASSISTANTS = Table.named("assistants");
    private static final Table THREADS = Table.named("threads");

    private record Table(Statement users, Statement save) {

        static Table named(String name) {
            return new Table(
                    Statement.of(USERS.formatted(name)), Statement.of(SAVE.formatted(name)));
        }
    }

    private final Pool pool;

    @Inject
    public VectorStoreUsers(Pool pool) {
        this.pool = pool;
    }

    /** Removes the store from all of them, in batches. */
    public Uni<Void> forget(String projectId, String storeId) {
        return forget(ASSISTANTS, projectId, storeId, "")
                .chain(() -> forget(THREADS, projectId, storeId, ""));
    }

    private Uni<Void> forget(Table table, String projectId, String storeId, String after) {
        return pool.withTransaction(c -> forgetSome(c, table, projectId, storeId, after))
                .chain(
                        some ->
                                some.size() < BATCH
                                        ? Uni.createFrom().voidItem()
                                        : forget(table, projectId, storeId, some.getLast()));
    }

    private static Uni<List<String>> forgetSome(
            SqlConnection c, Table table, String projectId, String storeId, String after) {
        return table.users()
                .with("store_id", storeId)
                .with("project_id", projectId)
                .with("after", after)
                .with("batch", BATCH)
                .execute(c)
                .chain(rows -> save(c, table, projectId, storeId, rows));
    }

    private static Uni<List<String>> save(
            SqlConnection c, Table table, String projectId, String storeId, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(List.of());
        }
        List<String> ids = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        List<@Nullable String> stores = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> document = new LinkedHashMap<>(read(row.getString("document")));
            ToolFiles files = ToolFiles.of(resources(document));
            if (files.stores().contains(storeId)) {
                files = files.withStores(List.of());
                document.put("tool_resources", files.resources());
            }
            ids.add(row.getString("id"));
            documents.add(Json.compact(document));
            stores.add(files.store());
        }
        return table.save()
                .with("ids", ids.toArray(String[]::new))
                .with("documents", documents.toArray(String[]::new))
                .with("stores", stores.toArray(String[]::new))
                .with("project_id", projectId)
                .execute(c)
                .replaceWith(ids);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(String document) {
        return Json.read(document, Map.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> resources(Map<String, Object> document) {
        return (Map<String, Object>) document.getOrDefault("tool_resources", Map.of());
    }
}
