package dev.threadwell.persistence.thread;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the conversation of a thread, for a model's prompt: messages and tool calls in order. */
@ApplicationScoped
public class ConversationStore {

    /**
     * The newest entries before a position, limited in number and size. Documents beyond the limit
     * on loading are measured, but not loaded.
     */
    private static final Statement PAGE =
            Statement.of(
                    """
                    select kind, seq, bytes, entries,
                        case when newer + bytes <= :loaded_bytes::bigint then document end as document
                    from (
                        select *, count(*) over () as entries,
                            sum(bytes) over (order by seq desc) - bytes as newer
                        from (
                            select kind, seq, document, octet_length(document)::bigint as bytes from (
                                (select 'message' as kind, seq, document::text as document from messages
                                    where thread_id = :thread_id and seq < :before order by seq desc limit :limit)
                                union all
                                (select 'step' as kind, seq, document::text as document from run_steps
                                    where thread_id = :thread_id and seq < :before and type = 'tool_calls' and not open
                                    order by seq desc limit :limit)) as both_kinds
                            order by seq desc limit :limit) as page) as measured
                    where newer < :bytes_left::bigint
                    order by seq desc
                    """);

    private static final Statement BEGINNING =
            Statement.of(
                    """
                    select 'message' as kind, seq, document::text as document,
                        octet_length(document::text)::bigint as bytes
                    from messages where thread_id = :thread_id and seq < :before order by seq limit :limit
                    """);

    /** Small enough to be measured even if every entry has the maximum size. */
    private static final int FIRST_PAGE = 100;

    private static final int BEGINNING_MESSAGES = 4;

    private final Pool pool;

    @Inject
    public ConversationStore(Pool pool) {
        this.pool = pool;
    }

    /** An entry of the conversation. */
    public sealed interface Entry {

        /** A message. */
        record Said(Message message) implements Entry {}

        /** A step with tool calls that has ended. */
        record Called(RunStep step) implements Entry {}
    }

    /**
     * An excerpt of a conversation, oldest first.
     *
     * @param bytes its size in the store, which is more than a model is shown of it
     */
    public record Excerpt(List<Entry> entries, long bytes) {}

    /**
     * The limits for reading a conversation.
     *
     * @param entries the maximum number of newest entries
     * @param bytes the size after which reading stops; the entry that exceeds it is included
     * @param beginning whether the thread's first messages are read, too
     */
    public record Reach(int entries, long bytes, boolean beginning) {}

    /** The newest entries within these limits. No more is read, however long the thread is. */
    public Uni<Excerpt> newest(String threadId, Reach reach) {
        return read(new Reading(threadId, reach, Long.MAX_VALUE)).map(Reading::excerpt);
    }

    /**
     * The same if its size is at most {@code most} bytes; otherwise null, without loading more than
     * that.
     */
    public Uni<@Nullable Excerpt> newestIfSmall(String threadId, Reach reach, long most) {
        return read(new Reading(threadId, reach, most))
                .map(reading -> reading.bytes > most ? null : reading.excerpt());
    }

    private Uni<Reading> read(Reading reading) {
        Reach reach = reading.reach;
        return page(reading, Math.min(FIRST_PAGE, reach.entries()))
                .chain(() -> reading.goesOn() ? page(reading, reading.wanted()) : reading.done())
                .chain(() -> reading.lacksBeginning() ? beginning(reading) : reading.done())
                .replaceWith(reading);
    }

    private Uni<Void> page(Reading reading, int entries) {
        return PAGE.with("thread_id", reading.threadId)
                .with("before", reading.oldest)
                .with("limit", entries)
                .with("bytes_left", reading.left)
                .with("loaded_bytes", reading.most - reading.bytes)
                .execute(pool)
                .invoke(rows -> reading.take(rows, entries))
                .replaceWithVoid();
    }

    private Uni<Void> beginning(Reading reading) {
        return BEGINNING
                .with("thread_id", reading.threadId)
                .with("before", reading.oldest)
                .with("limit", BEGINNING_MESSAGES)
                .execute(pool)
                .invoke(reading::begin)
                .replaceWithVoid();
    }

    /** The entries that have been read so far, newest first. */
    private static final class Reading {

        private final String threadId;
        private final Reach reach;

        /** Documents beyond this size in bytes are measured, but not loaded. */
        private final long most;

        private final List<Entry> entries = new ArrayList<>();
        private long oldest = Long.MAX_VALUE;
        private long left;
        private long bytes;
        private boolean complete;

        Reading(String threadId, Reach reach, long most) {
            this.most = most;
            this.threadId = threadId;
            this.reach = reach;
            this.left = reach.bytes();
        }

        void take(RowSet<Row> rows, int asked) {
            long found = 0;
            for (Row row : rows) {
                found = row.getLong("entries");
                oldest = row.getLong("seq");
                add(row);
            }
            complete = found < asked && rows.rowCount() == found;
        }

        void begin(RowSet<Row> rows) {
            int end = entries.size();
            for (Row row : rows) {
                add(row);
            }
            Collections.reverse(entries.subList(end, entries.size()));
        }

        private void add(Row row) {
            if (row.getString("document") != null) {
                entries.add(entry(row));
            }
            bytes += row.getLong("bytes");
            left = reach.bytes() - bytes;
        }

        boolean goesOn() {
            return !complete && left > 0 && wanted() > 0 && bytes <= most;
        }

        int wanted() {
            return reach.entries() - entries.size();
        }

        boolean lacksBeginning() {
            return !complete && reach.beginning() && bytes <= most;
        }

        Uni<Void> done() {
            return Uni.createFrom().voidItem();
        }

        Excerpt excerpt() {
            return new Excerpt(entries.reversed(), bytes);
        }
    }

    private static Entry entry(Row row) {
        String document = row.getString("document");
        return row.getString("kind").equals("message")
                ? new Entry.Said(Json.read(document, Message.class))
                : new Entry.Called(Json.read(document, RunStep.class));
    }
}
