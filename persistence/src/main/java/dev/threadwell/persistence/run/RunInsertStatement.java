package dev.threadwell.persistence.run;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.database.OutboxColumns;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Inserts a new run with its messages, its outbox messages and optionally its thread, in one
 * statement.
 */
public record RunInsertStatement(
        RunRow row,
        @Nullable ThreadObject thread,
        boolean waits,
        List<Message> messages,
        List<OutboxMessage> outboxMessages) {

    /** The maximum number of runs that wait for a thread. */
    public static final int MAX_WAITING = 100;

    private static final String EXISTING_THREAD =
            "with l as (select id, seq, waiting, false as created from threads"
                    + " where id = :thread_id and project_id is not distinct from :project_id for update),";

    private static final String NEW_THREAD =
            """
            with l as (
                insert into threads (id, project_id, seq, vector_store_id, document)
                values (:thread_id, :project_id, 1 + cardinality(:message_ids::text[]),
                    :vector_store_id::text, :thread::text::json)
                returning id, 0::bigint as seq, true as created),
            """;

    /** The partial unique index is the thread lock: a second active run is not inserted. */
    private static final String RUN =
            """
            r as (
                insert into runs (id, project_id, thread_id, seq, status, stream, expires_at, spent,
                    assistant_id, document, contents, with_thread, traceparent)
                select :run_id, :project_id, l.id, l.seq + 1 + cardinality(:message_ids::text[]),
                    'queued', :stream::int, :expires_at::bigint, :spent::text::json,
                    :assistant_id::text, :document::text::json, :contents::bool, l.created,
                    :traceparent::text
                from l
                on conflict (thread_id)
                    where ended_at is null and not waiting do nothing
                returning id, thread_id, seq),
            m as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select x.id, :project_id, r.thread_id, r.seq - 1 - cardinality(:message_ids::text[]) + x.n, x.role, null,
                    x.document::json
                from r, unnest(:message_ids::text[], :message_roles::text[], :message_documents::text[])
                    with ordinality as x(id, role, document, n)),
            """;

    /**
     * A run that the index refuses can wait; its messages are held back until it gets the thread.
     */
    private static final String OR_WAITS =
            """
            q as (
                insert into runs (id, project_id, thread_id, seq, status, stream, expires_at, spent,
                    assistant_id, document, contents, traceparent, waiting, held_ids, held_roles,
                    held_documents)
                select :run_id, :project_id, l.id, l.seq + 1, 'queued', :stream::int,
                    :expires_at::bigint, :spent::text::json, :assistant_id::text, :document::text::json,
                    :contents::bool, :traceparent::text, true, :message_ids::text[], :message_roles::text[],
                    :message_documents::text[]::json[]
                from l where not exists (select 1 from r) and l.waiting < %d
                returning thread_id, seq),
            b as (select thread_id, seq, 0 as waits from r
                union all select thread_id, seq, 1 as waits from q),
            t as (
                update threads set seq = b.seq, waiting = threads.waiting + b.waits
                from b where threads.id = :thread_id),
            """
                    .formatted(MAX_WAITING);

    private static final String OR_IS_REFUSED = "b as (select thread_id, seq, 0 as waits from r),";

    private static final String THREAD_COUNTS_ON =
            "t as (update threads set seq = r.seq from r where threads.id = :thread_id),";

    /** A waiting run is announced, but not requested. */
    private static final String FACTS =
            """
            o as (
                insert into outbox (shard, topic, key, headers, payload)
                select x.shard, x.topic, x.key, x.headers::json, x.payload
                from b, unnest(:outbox_shards::int[], :outbox_topics::text[], :outbox_keys::text[],
                        :outbox_headers::text[], :outbox_payloads::text[])
                    as x(shard, topic, key, headers, payload)
                where b.waits = 0 or x.topic <> '%s'
                returning id)
            select exists(select 1 from l) as found, (select waits from b) as waits,
                array(select id from o order by id) as outbox_ids
            """
                    .formatted(Topics.RUN_REQUESTED);

    private static final Statement ON_THREAD =
            Statement.of(EXISTING_THREAD + RUN + OR_IS_REFUSED + THREAD_COUNTS_ON + FACTS);
    private static final Statement BEHIND_OTHERS =
            Statement.of(EXISTING_THREAD + RUN + OR_WAITS + FACTS);
    private static final Statement WITH_THREAD =
            Statement.of(NEW_THREAD + RUN + OR_IS_REFUSED + FACTS);

    /** A run on a thread that no other run occupies; otherwise nothing is inserted. */
    static RunInsertStatement onThread(RunRow row, List<Message> messages, Instant now) {
        return new RunInsertStatement(row, null, false, messages, outboxMessages(row, now));
    }

    /** A run on a thread that others may occupy. It waits then, unless too many runs do. */
    public static RunInsertStatement behindOthers(RunRow row, List<Message> messages, Instant now) {
        return new RunInsertStatement(row, null, true, messages, outboxMessages(row, now));
    }

    /** A run on a new thread. */
    static RunInsertStatement withThread(
            RunRow row, ThreadObject thread, List<Message> messages, Instant now) {
        return new RunInsertStatement(row, thread, false, messages, outboxMessages(row, now));
    }

    /** The announcement comes first, because a waiting run has only that message. */
    private static List<OutboxMessage> outboxMessages(RunRow row, Instant now) {
        return RunChanges.outboxMessages(row, row, RunLifecycle.created(row.run()).effects(), now);
    }

    /** The row that the statement inserted; null if it inserted none. */
    @Nullable RunRow written(Row result) {
        Integer behind = result.getInteger("waits");
        if (behind == null) {
            return null;
        }
        return behind == 0 ? row : row.behindOthers();
    }

    /** The statement with its parameters. */
    public Statement.Bound statement() {
        if (thread == null) {
            return values(waits ? BEHIND_OTHERS : ON_THREAD);
        }
        return values(WITH_THREAD)
                .with("thread", Json.compact(thread))
                .with("vector_store_id", ToolFiles.of(thread.toolResources()).store());
    }

    private Statement.Bound values(Statement statement) {
        Run run = row.run();
        Statement.Bound bound =
                statement
                        .with("thread_id", run.threadId())
                        .with("project_id", row.projectId())
                        .with("run_id", run.id())
                        .with("assistant_id", run.assistantId())
                        .with("stream", row.stream())
                        .with("expires_at", run.createdAt() + Run.LIFETIME_SECONDS)
                        .with("spent", Json.compact(row.spent()))
                        .with("document", Json.compact(run))
                        .with("contents", row.contents())
                        .with("traceparent", row.traceparent())
                        .with("message_ids", column(Message::id))
                        .with("message_roles", column(Message::role))
                        .with("message_documents", column(Json::compact));
        return OutboxColumns.in(bound, outboxMessages);
    }

    private String[] column(Function<Message, String> value) {
        return messages.stream().map(value).toArray(String[]::new);
    }
}
