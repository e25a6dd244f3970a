package dev.threadwell.persistence.thread;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Lists the pictures of a thread: those in its messages, and those that its tools have made. */
@ApplicationScoped
public class PictureStore {

    /**
     * The messages and steps of tool calls, oldest first. Their fields are read here, because
     * PostgreSQL cannot read those of a document with a zero character.
     */
    private static final Statement PAGE =
            Statement.of(
                    """
            select kind, seq, document::text as document from (
                (select 'message' as kind, seq, document from messages
                    where thread_id = :thread_id and project_id = :project_id and seq > :after
                    order by seq limit :most)
                union all
                (select 'step' as kind, seq, document from run_steps
                    where thread_id = :thread_id and project_id = :project_id and seq > :after
                        and type = 'tool_calls'
                    order by seq limit :most)) as both_kinds
            order by seq limit :most
            """);

    /** One page is in memory at a time. */
    static final int PAGE_ENTRIES = 100;

    /** The number of pictures that are kept in memory: the newest ones. */
    private static final int MOST = 1_000;

    private final Pool pool;

    @Inject
    public PictureStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * The newest pictures of a thread, oldest first; one that appears several times is where it
     * appears last, with the number of its first appearance.
     */
    public Uni<List<ThreadPicture>> of(String projectId, String threadId) {
        return read(new Reading(projectId, threadId)).map(Reading::pictures);
    }

    private Uni<Reading> read(Reading reading) {
        return PAGE.with("thread_id", reading.threadId)
                .with("project_id", reading.projectId)
                .with("after", reading.newest)
                .with("most", PAGE_ENTRIES)
                .execute(pool)
                .invoke(reading::take)
                .chain(
                        rows ->
                                rows.rowCount() < PAGE_ENTRIES
                                        ? Uni.createFrom().item(reading)
                                        : read(reading));
    }

    /** The pictures that have been found so far. */
    private static final class Reading {

        private final String projectId;
        private final String threadId;
        private final SequencedMap<String, ThreadPicture> found = new LinkedHashMap<>();
        private long newest = -1;
        private int count;

        Reading(String projectId, String threadId) {
            this.projectId = projectId;
            this.threadId = threadId;
        }

        void take(RowSet<Row> rows) {
            for (Row row : rows) {
                newest = row.getLong("seq");
                String document = row.getString("document");
                if (row.getString("kind").equals("message")) {
                    Json.read(document, Message.class).content().forEach(this::add);
                } else if (Json.read(document, RunStep.class).stepDetails()
                        instanceof StepDetails.ToolCalls(var calls, _)) {
                    calls.forEach(this::add);
                }
            }
        }

        private void add(MessageContent part) {
            switch (part) {
                case MessageContent.ImageFile(var image) -> addFile(image.get("file_id"));
                case MessageContent.ImageUrl(var image) -> addUrl(image.get("url"));
                case MessageContent.Text _, MessageContent.Refusal _ -> {}
            }
        }

        private void add(StepDetails.ToolCall call) {
            if (call instanceof StepDetails.GenericCall generic && generic.result() != null) {
                generic.result().images().forEach(this::addFile);
            } else if (call instanceof StepDetails.CodeInterpreterCall(_, var code)
                    && code.outputs() != null) {
                code.outputs().forEach(output -> addFile(ofOutput(output)));
            }
        }

        private static @Nullable Object ofOutput(Map<String, Object> output) {
            return output.get("image") instanceof Map<?, ?> image ? image.get("file_id") : null;
        }

        private void addFile(@Nullable Object id) {
            if (id instanceof String fileId) {
                ThreadPicture before = found.remove(fileId);
                count += before == null ? 1 : 0;
                put(fileId, new ThreadPicture.Stored(fileId));
            }
        }

        private void addUrl(@Nullable Object given) {
            if (given instanceof String url) {
                ThreadPicture before = found.remove(url);
                count += before == null ? 1 : 0;
                put(
                        url,
                        before == null
                                ? new ThreadPicture.Linked("picture-" + count, url)
                                : before);
            }
        }

        private void put(String key, ThreadPicture picture) {
            found.put(key, picture);
            if (found.size() > MOST) {
                found.pollFirstEntry();
            }
        }

        List<ThreadPicture> pictures() {
            return List.copyOf(found.values());
        }
    }
}
