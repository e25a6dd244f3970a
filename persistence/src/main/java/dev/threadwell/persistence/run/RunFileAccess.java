package dev.threadwell.persistence.run;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.run.Run;
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
import org.jspecify.annotations.Nullable;

/**
 * Looks up the files and vector stores that a run's tools use: its own or else those of its
 * assistant, and those of its thread (contract 8.2).
 */
@ApplicationScoped
public class RunFileAccess {

    private static final String RESOURCES =
            """
            select r.document::text as run, a.document::text as assistant,
                t.document::text as thread
            from runs r
            join threads t on t.id = r.thread_id
            left join assistants a on a.id = r.assistant_id and a.project_id is not distinct from r.project_id
            where r.id = $1 and r.thread_id is not distinct from $2 and r.project_id is not distinct from $3
            """;

    /**
     * The store of an assistant delays a run only if the run is less than 10 seconds old, because
     * the store may have been created together with the assistant just now. If the assistant has v1
     * files, there is no such limit, because v1 clients cannot wait for a store that they do not
     * know.
     */
    private static final String BEING_INDEXED =
            """
            select r.id from runs r
            join threads t on t.id = r.thread_id
            left join assistants a on a.id = r.assistant_id and a.project_id is not distinct from r.project_id
                and (r.expires_at - %d > extract(epoch from now()) - 10
                    or exists (select 1 from v1_files v where v.id = a.id))
            join vector_stores s on s.project_id = r.project_id and s.in_progress > 0
                and s.id in (t.vector_store_id, a.vector_store_id)
            where r.id = any($1)
            """
                    .formatted(Run.LIFETIME_SECONDS);

    private final Pool pool;

    @Inject
    public RunFileAccess(Pool pool) {
        this.pool = pool;
    }

    /** The run's files and stores without duplicates; none if the run does not exist any more. */
    public Uni<ToolFiles> of(RunKey run) {
        return pool.preparedQuery(RESOURCES)
                .execute(Tuple.of(run.runId(), run.threadId(), run.projectId()))
                .map(RunFileAccess::merged);
    }

    /** Those of these runs that have to wait until files are ingested (contract 3). */
    public Uni<Set<String>> beingIndexed(Set<String> runs) {
        return pool.preparedQuery(BEING_INDEXED)
                .execute(Tuple.of(runs.toArray(String[]::new)))
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
            Map<String, Object> ofRun = resources(row.getString("run"));
            Map<String, Object> ofAssistant =
                    ofRun.isEmpty() ? resources(row.getString("assistant")) : ofRun;
            for (Map<String, Object> given :
                    List.of(ofAssistant, resources(row.getString("thread")))) {
                ToolFiles one = ToolFiles.of(given);
                files.addAll(one.codeFiles() == null ? List.of() : one.codeFiles());
                stores.addAll(one.stores());
            }
        }
        return new ToolFiles(List.copyOf(files), List.copyOf(stores));
    }

    private static Map<String, Object> resources(@Nullable String document) {
        return document == null ? Map.of() : Json.read(document, Holder.class).toolResources();
    }

    private record Holder(Map<String, Object> toolResources) {}
}
