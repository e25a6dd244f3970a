package dev.threadwell.persistence.tool;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Looks up what the execution of a tool call needs in addition to its record. */
@ApplicationScoped
public class CallContexts {

    private static final Statement FIND =
            Statement.of(
                    """
                    select
                        (select assistant_id from runs
                            where id = :run_id and thread_id is not distinct from :thread_id
                                and project_id is not distinct from :project_id) as assistant_id,
                        (select document::text from tool_secrets
                            where id = :secret_id and project_id is not distinct from :project_id) as secret
                    """);

    private final Pool pool;

    @Inject
    public CallContexts(Pool pool) {
        this.pool = pool;
    }

    /**
     * The assistant of the run that made the call, and the secret for the call.
     *
     * @param assistantId null if the run does not exist any more
     */
    public record CallContext(@Nullable String assistantId, ToolSecret secret) {}

    /**
     * The context of a call.
     *
     * @param secretId the id of the call's secret, if it needs one
     */
    public Uni<CallContext> of(ToolRequested call, @Nullable String secretId) {
        return FIND.with("run_id", call.runId())
                .with("thread_id", call.threadId())
                .with("project_id", call.projectId())
                .with("secret_id", secretId)
                .execute(pool)
                .map(CallContexts::only);
    }

    private static CallContext only(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        String secret = row.getString("secret");
        return new CallContext(
                row.getString("assistant_id"),
                secret == null ? ToolSecret.NONE : Json.read(secret, ToolSecret.class));
    }
}
