package dev.threadwell.persistence.tool;

import dev.threadwell.persistence.database.Statement;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The last code interpreter session of each thread, whichever worker has it. */
@ApplicationScoped
public class CodeSessions {

    private static final Statement CLAIM =
            Statement.of(
                    """
                    with t as (
                        select id from threads where id = :thread_id and project_id is not distinct from :project_id for key share),
                    before as (select session_id from code_sessions where thread_id = :thread_id),
                    now as (
                        insert into code_sessions as s (
                            thread_id, project_id, session_id, opened_by, is_first)
                        select id, :project_id, :session_id, :call_id, true from t
                        on conflict (thread_id) do update set
                                session_id = :session_id, opened_by = :call_id,
                                is_first = s.is_first and s.opened_by = :call_id
                            where s.session_id <> :session_id
                        returning is_first)
                    select (select session_id from before) = :session_id as continued,
                        (select is_first from now) as is_first
                    """);

    private final Pool pool;

    @Inject
    public CodeSessions(Pool pool) {
        this.pool = pool;
    }

    /** The relation of a session to the thread's earlier sessions. */
    public enum Standing {
        /** It already was the thread's session. */
        CONTINUED,
        /** It is the thread's first session. */
        FIRST,
        /** The thread had another session, whose contents are lost. */
        AFTER_ANOTHER
    }

    /**
     * Makes this session the thread's current one.
     *
     * @param call the call that is executed in it; a redelivered call has the same id
     */
    public Uni<Standing> claim(String projectId, String threadId, String sessionId, String call) {
        return CLAIM.with("thread_id", threadId)
                .with("project_id", projectId)
                .with("session_id", sessionId)
                .with("call_id", call)
                .execute(pool)
                .map(CodeSessions::standing);
    }

    private static Standing standing(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        if (Boolean.TRUE.equals(row.getBoolean("continued"))) {
            return Standing.CONTINUED;
        }
        return Boolean.FALSE.equals(row.getBoolean("is_first"))
                ? Standing.AFTER_ANOTHER
                : Standing.FIRST;
    }
}
