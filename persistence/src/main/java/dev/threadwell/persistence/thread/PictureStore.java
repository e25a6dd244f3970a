package dev.threadwell.persistence.thread;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
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
     * The messages and steps that may have a picture, oldest first. The text of a document is
     * searched, because PostgreSQL cannot read the fields of a document with a zero character; what
     * is found too much has no picture when it is read.
     */
    private static final String PAGE =
            """
            select kind, seq, document from (
                (select 'message' as kind, seq, document::text as document from messages
                    where thread_id = $1 and project_id = $2 and seq > $3
                        and document::text ~ '"image_(file|url)"' order by seq limit $4)
                union all
                (select 'step' as kind, seq, document::text as document from run_steps
                    where thread_id = $1 and project_id = $2 and seq > $3 and type = 'tool_calls'
                        and document::text ~ '"images?"' order by seq limit $4)) as both_kinds
            order by seq limit $4
            """;

    private static final int PAGE_ENTRIES = 50;

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
        return pool.preparedQuery(PAGE)
                .execute(
                        Tuple.of(reading.threadId, reading.projectId, reading.newest, PAGE_ENTRIES))
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
            if (call instanceof StepDetails.GenericCall(_, _, _, _, ToolOutput.Result result)) {
                result.images().forEach(this::addFile);
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
