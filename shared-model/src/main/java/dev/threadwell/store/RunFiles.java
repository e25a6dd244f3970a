package dev.threadwell.store;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files and stores that a run's tools work with: those of its assistant, or its own in their
 * place, and those of its thread (BEHAVIOUR 8.2).
 */
@ApplicationScoped
public class RunFiles {

    private static final String RESOURCES =
            """
            select
                coalesce(nullif(r.document -> 'tool_resources' #>> '{}', '{}'),
                    a.document -> 'tool_resources' #>> '{}', '{}') as assistant,
                coalesce(t.document -> 'tool_resources' #>> '{}', '{}') as thread
            from runs r
            join threads t on t.id = r.thread_id
            left join assistants a
                on a.id = r.document ->> 'assistant_id' and a.project_id = r.project_id
            where r.id = $1 and r.thread_id = $2 and r.project_id = $3
            """;

    private static final String BEING_INDEXED =
            """
            select t.id from threads t
            join vector_stores s
                on s.id = used_vector_store(t.document) and s.project_id = t.project_id
            where t.id = any($1) and s.in_progress > 0
            """;

    private final Pool pool;

    @Inject
    public RunFiles(Pool pool) {
        this.pool = pool;
    }

    /** The run's files and stores, each once; none for a run that is gone. */
    public Uni<ToolFiles> of(RunKey run) {
        return pool.preparedQuery(RESOURCES)
                .execute(Tuple.of(run.runId(), run.threadId(), run.projectId()))
                .map(RunFiles::merged);
    }

    /** Those of these threads whose vector store still takes files in. */
    public Uni<Set<String>> beingIndexed(Set<String> threads) {
        return pool.preparedQuery(BEING_INDEXED)
                .execute(Tuple.of(threads.toArray(String[]::new)))
                .map(
                        rows ->
                                rows.stream()
                                        .map(row -> row.getString("id"))
                                        .collect(Collectors.toSet()));
    }

    private static ToolFiles merged(RowSet<Row> rows) {
        Set<String> files = new LinkedHashSet<>();
        Set<String> stores = new LinkedHashSet<>();
        for (Row row : rows) {
            for (String column : List.of("assistant", "thread")) {
                ToolFiles one = ToolFiles.of(resources(row.getString(column)));
                files.addAll(one.codeFiles() == null ? List.of() : one.codeFiles());
                stores.addAll(one.stores());
            }
        }
        return new ToolFiles(List.copyOf(files), List.copyOf(stores));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> resources(String json) {
        return Json.read(json, Map.class);
    }
}
