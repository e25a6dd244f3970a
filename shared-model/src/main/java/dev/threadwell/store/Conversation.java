package dev.threadwell.store;

import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** What was said and done in a thread, in its order: what a model is reminded of. */
@ApplicationScoped
public class Conversation {

    /** Two index scans of so many rows each, however long the thread is. */
    private static final String NEWEST =
            """
            select * from (
                (select 'message' as kind, seq, document::text as document from messages
                    where thread_id = $1 order by seq desc limit $2)
                union all
                (select 'step' as kind, seq, document::text as document from run_steps
                    where thread_id = $1 and type = 'tool_calls' and not open
                    order by seq desc limit $2)) as both_kinds
            order by seq
            """;

    private final Pool pool;

    @Inject
    public Conversation(Pool pool) {
        this.pool = pool;
    }

    /** One thing in the conversation. */
    public sealed interface Entry {

        /** Somebody said something. */
        record Said(Message message) implements Entry {}

        /** The model called tools, and all of them have answered or never will. */
        record Called(RunStep step) implements Entry {}
    }

    /** The newest entries, oldest first: at most so many messages and as many steps. */
    public Uni<List<Entry>> newest(String threadId, int limit) {
        return pool.preparedQuery(NEWEST)
                .execute(Tuple.of(threadId, limit))
                .map(Conversation::entries);
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows) {
            String document = row.getString("document");
            entries.add(
                    row.getString("kind").equals("message")
                            ? new Entry.Said(Json.read(document, Message.class))
                            : new Entry.Called(Json.read(document, RunStep.class)));
        }
        return entries;
    }
}
