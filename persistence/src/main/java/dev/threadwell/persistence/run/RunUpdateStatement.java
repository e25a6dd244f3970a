package dev.threadwell.persistence.run;

import dev.threadwell.persistence.database.OutboxColumns;
import dev.threadwell.persistence.database.Statement;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change of a run with its messages, steps and outbox messages, as one statement: one round
 * trip, one commit.
 *
 * <p>The thread's row is locked first, as in all transactions, so that there are no deadlocks.
 *
 * @param before the row that the change was decided on; if it has changed since, nothing is written
 * @param after the row after the change
 */
record RunUpdateStatement(
        RunRow before,
        RunRow after,
        List<Message> messages,
        List<StepWithUsage> steps,
        List<OutboxMessage> outboxMessages) {

    /**
     * When a run frees its thread, this statement gives the thread to the run that has waited
     * longest; no other statement does that. The snapshot can be older than the lock: if the locked
     * thread row counts a waiting run, but the snapshot shows none and an older thread row, nothing
     * is written, and the next attempt sees the waiting run.
     */
    private static final Statement STATEMENT =
            Statement.of(
                    """
                    with l as (select id, seq, waiting from threads where id = :thread_id for update),
                    w as (
                        select n.* from l cross join lateral (
                            select id, held_ids, held_roles, held_documents from runs
                            where thread_id = l.id and waiting order by seq limit 1 for update) as n
                        where :frees_thread and l.waiting > 0),
                    r as (
                        update runs set status = :status, document = :document::text::json, version = :version, epoch = :epoch,
                            worker = :worker, stream = :stream, spent = :spent::text::json, waiting = false,
                            held_ids = null, held_roles = null, held_documents = null,
                            ended_at = case when :ended then coalesce(runs.ended_at, now()) end
                        from l where runs.id = :id and runs.version = :old_version and runs.epoch = :old_epoch
                            and (not :frees_thread or l.waiting = 0 or exists (select 1 from w)
                                or l.seq = (select seq from threads where id = :thread_id))
                        returning runs.id, runs.project_id, runs.thread_id, l.seq),
                    m as (
                        insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                        select x.id, r.project_id, r.thread_id, r.seq + x.n, 'assistant', r.id,
                            x.document::json
                        from r, unnest(:message_ids::text[], :message_documents::text[]) with ordinality as x(id, document, n)),
                    s as (
                        insert into run_steps
                            (id, project_id, thread_id, run_id, seq, type, open, spent, document)
                        select x.id, r.project_id, r.thread_id, r.id, r.seq + cardinality(:message_ids) + x.n,
                            x.type, x.open, x.spent::json, x.document::json
                        from r, unnest(:step_ids::text[], :steps_open::bool[], :steps_spent::text[], :step_documents::text[], :step_types::text[])
                            with ordinality as x(id, open, spent, document, type, n)
                        on conflict (id) do update set open = excluded.open, spent = excluded.spent,
                            document = excluded.document),
                    p as (
                        update runs set waiting = false, held_ids = null, held_roles = null,
                            held_documents = null, version = runs.version + 1
                        from r where runs.id = (select id from w)
                        returning runs.project_id, runs.thread_id, runs.document, runs.version, runs.epoch,
                            runs.stream, runs.spent, runs.contents, runs.traceparent),
                    h as (
                        insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                        select x.id, r.project_id, r.thread_id,
                            r.seq + 1 + cardinality(:message_ids) + cardinality(:step_ids) + x.n, x.role, null, x.document
                        from r, w, unnest(w.held_ids, w.held_roles, w.held_documents)
                            with ordinality as x(id, role, document, n)),
                    t as (
                        update threads set
                            seq = threads.seq + 1 + cardinality(:message_ids) + cardinality(:step_ids)
                                + coalesce((select cardinality(held_ids) from w), 0),
                            waiting = threads.waiting - :was_waiting::int - (select count(*) from p)::int
                        from r where threads.id = :thread_id),
                    o as (
                        insert into outbox (shard, topic, key, headers, payload)
                        select x.shard, x.topic, x.key, x.headers::json, x.payload
                        from r, unnest(:outbox_shards::int[], :outbox_topics::text[], :outbox_keys::text[], :outbox_headers::text[], :outbox_payloads::text[])
                            as x(shard, topic, key, headers, payload)
                        returning id),
                    n as (
                        insert into outbox (shard, topic, key, headers, payload)
                        select :shard::int, :request_topic, p.thread_id, '{}', json_build_object(
                            'project_id', p.project_id, 'run', p.document, 'version', p.version,
                            'epoch', p.epoch, 'stream', p.stream, 'spent', p.spent,
                            'contents', p.contents, 'traceparent', p.traceparent)::text
                        from p returning id, payload)
                    select (select count(*) from r) as written, array(select id from o order by id) as outbox_ids,
                        (select id from n) as next_fact, (select payload from n) as next_request
                    """);

    /** The write whose request for a worker names this context instead of the run's own. */
    RunUpdateStatement requestedBy(@Nullable String context) {
        return context == null
                ? this
                : new RunUpdateStatement(
                        before,
                        after,
                        messages,
                        steps,
                        outboxMessages.stream().map(message -> by(message, context)).toList());
    }

    private static OutboxMessage by(OutboxMessage message, String context) {
        return message.topic().equals(Topics.RUN_REQUESTED) ? message.tracedBy(context) : message;
    }

    /**
     * The result of the statement.
     *
     * @param done whether it changed the run
     * @param ids the ids of the outbox messages' rows
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(boolean done, Long[] ids, List<OutboxMessage> outboxMessages) {}

    Written written(Row result) {
        boolean done = result.getLong("written") == 1;
        Long[] ids = result.getArrayOfLongs("outbox_ids");
        Long next = result.getLong("next_fact");
        if (next == null) {
            return new Written(done, ids, outboxMessages);
        }
        OutboxMessage request =
                new OutboxMessage(
                        Topics.RUN_REQUESTED,
                        after.run().threadId(),
                        Map.of(),
                        result.getString("next_request"));
        return new Written(
                done,
                Stream.concat(Stream.of(ids), Stream.of(next)).toArray(Long[]::new),
                Stream.concat(outboxMessages.stream(), Stream.of(request)).toList());
    }

    /** The statement with its parameters. */
    Statement.Bound statement() {
        Run run = after.run();
        Statement.Bound bound =
                STATEMENT
                        .with("thread_id", run.threadId())
                        .with("id", before.run().id())
                        .with("old_version", before.version())
                        .with("old_epoch", before.epoch())
                        .with("status", run.status().wire())
                        .with("document", Json.compact(run))
                        .with("version", after.version())
                        .with("epoch", after.epoch())
                        .with("worker", after.worker())
                        .with("stream", after.stream())
                        .with("spent", Json.compact(after.spent()))
                        .with("ended", !run.status().isActive())
                        .with("frees_thread", before.freesThread(after))
                        .with("was_waiting", before.waiting() ? 1 : 0)
                        .with("shard", Outbox.shard(run.threadId()))
                        .with("request_topic", Topics.RUN_REQUESTED)
                        .with("message_ids", column(messages, Message::id))
                        .with("message_documents", column(messages, Json::compact))
                        .with("step_ids", column(steps, s -> s.step().id()))
                        .with("step_types", column(steps, s -> s.step().type()))
                        .with(
                                "steps_open",
                                steps.stream().map(StepWithUsage::open).toArray(Boolean[]::new))
                        .with("steps_spent", column(steps, s -> Json.compact(s.spent())))
                        .with(
                                "step_documents",
                                column(steps, s -> Json.compact(s.step().settled())));
        return OutboxColumns.in(bound, outboxMessages);
    }

    /**
     * Whether the store contains this change already. Timestamps are not compared, because the
     * stored change may have been decided in another second.
     */
    boolean isIn(RunRow stored) {
        return stored.version() == after.version()
                && stored.epoch() == after.epoch()
                && Objects.equals(stored.worker(), after.worker())
                && outcome(stored.run()).equals(outcome(after.run()));
    }

    private static RunProgress outcome(Run run) {
        return new RunProgress(
                run.status(),
                null,
                null,
                null,
                null,
                null,
                run.requiredAction(),
                run.lastError(),
                run.incompleteDetails(),
                run.usage());
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
