package dev.threadwell.persistence.run;

import dev.threadwell.persistence.database.DocumentColumn;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.database.Listing;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of runs. They are written together with their run. */
@ApplicationScoped
public class StepStore {

    private static final Listing<RunStep> OF_RUN =
            new Listing<>(
                    "run_steps",
                    "run step",
                    RunStep.class,
                    RunStep::id,
                    List.of("project_id", "thread_id", "run_id"));

    private static final Statement FIND =
            Statement.of(
                    "select document::text as document from run_steps"
                            + " where id = :id and run_id is not distinct from :run_id and thread_id is not distinct from :thread_id"
                            + " and project_id is not distinct from :project_id");

    private static final Statement ALL =
            Statement.of(
                    "select document::text as document, spent::text as spent from run_steps"
                            + " where run_id = :run_id order by seq");

    private final Pool pool;

    @Inject
    public StepStore(Pool pool) {
        this.pool = pool;
    }

    /** The step, or null. */
    public Uni<@Nullable RunStep> find(RunKey run, String stepId) {
        return FIND.with("id", stepId)
                .with("run_id", run.runId())
                .with("thread_id", run.threadId())
                .with("project_id", run.projectId())
                .execute(pool)
                .<@Nullable RunStep>map(rows -> DocumentColumn.only(rows, RunStep.class));
    }

    /** A page of a run's steps. */
    public Uni<Page<RunStep>> list(RunKey run, ListQuery query) {
        return OF_RUN.page(pool, query, run.projectId(), run.threadId(), run.runId());
    }

    /** All steps of a run in order, with their tokens. */
    public Uni<List<StepWithUsage>> all(String runId) {
        return ALL.with("run_id", runId).execute(pool).map(StepStore::openSteps);
    }

    static List<StepWithUsage> openSteps(RowSet<Row> rows) {
        List<StepWithUsage> steps = new ArrayList<>();
        for (Row row : rows) {
            steps.add(
                    new StepWithUsage(
                            Json.read(row.getString("document"), RunStep.class),
                            Json.read(row.getString("spent"), Usage.class)));
        }
        return steps;
    }
}
