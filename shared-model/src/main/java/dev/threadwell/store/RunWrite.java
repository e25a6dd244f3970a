package dev.threadwell.store;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.Outbox;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One change of a run with all that belongs to it, as one statement: one round trip, one commit.
 *
 * <p>The thread's row is locked first, as everywhere, so that no two statements wait for each other
 * in a circle.
 *
 * @param before the row that the change was decided on; if it has moved on, nothing is written
 * @param after the row as it is to be
 */
record RunWrite(
        RunRow before,
        RunRow after,
        List<Message> messages,
        List<OpenStep> steps,
        List<Fact> facts) {

    /**
     * A run that leaves its thread hands it to the one that has waited longest: that is done here
     * and nowhere else. A snapshot can be older than the lock. If the locked row counts a run that
     * waits, and the snapshot shows none and an older row, nothing is written, and the next attempt
     * sees it.
     */
    static final String SQL =
            """
            with l as (select id, seq, waiting from threads where id = $1 for update),
            w as (
                select n.* from l cross join lateral (
                    select id, held_ids, held_roles, held_documents from runs
                    where thread_id = l.id and waiting order by seq limit 1 for update) as n
                where $25 and l.waiting > 0),
            r as (
                update runs set status = $2, document = $3::text::json, version = $4, epoch = $5,
                    worker = $6, stream = $7, spent = $8::text::json, waiting = false,
                    held_ids = null, held_roles = null, held_documents = null,
                    ended_at = case when $9 then coalesce(runs.ended_at, now()) end
                from l where runs.id = $10 and runs.version = $11 and runs.epoch = $12
                    and (not $25 or l.waiting = 0 or exists (select 1 from w)
                        or l.seq = (select seq from threads where id = $1))
                returning runs.id, runs.project_id, runs.thread_id, l.seq),
            m as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select x.id, r.project_id, r.thread_id, r.seq + x.n, 'assistant', r.id,
                    x.document::json
                from r, unnest($13::text[], $14::text[]) with ordinality as x(id, document, n)),
            s as (
                insert into run_steps
                    (id, project_id, thread_id, run_id, seq, type, open, spent, document)
                select x.id, r.project_id, r.thread_id, r.id, r.seq + cardinality($13) + x.n,
                    x.type, x.open, x.spent::json, x.document::json
                from r, unnest($15::text[], $16::bool[], $17::text[], $18::text[], $24::text[])
                    with ordinality as x(id, open, spent, document, type, n)
                on conflict (id) do update set open = excluded.open, spent = excluded.spent,
                    document = excluded.document),
            p as (
                update runs set waiting = false, held_ids = null, held_roles = null,
                    held_documents = null, version = runs.version + 1
                from r, w where runs.id = w.id
                returning runs.project_id, runs.thread_id, runs.document, runs.version, runs.epoch,
                    runs.stream, runs.spent, runs.contents),
            h as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select x.id, r.project_id, r.thread_id,
                    r.seq + 1 + cardinality($13) + cardinality($15) + x.n, x.role, null, x.document
                from r, w, unnest(w.held_ids, w.held_roles, w.held_documents)
                    with ordinality as x(id, role, document, n)),
            t as (
                update threads set
                    seq = threads.seq + 1 + cardinality($13) + cardinality($15)
                        + coalesce((select cardinality(held_ids) from w), 0),
                    waiting = threads.waiting - $26::int - (select count(*) from p)::int
                from r where threads.id = r.thread_id),
            o as (
                insert into outbox (shard, topic, key, headers, payload)
                select x.shard, x.topic, x.key, x.headers::json, x.payload
                from r, unnest($19::int[], $20::text[], $21::text[], $22::text[], $23::text[])
                    as x(shard, topic, key, headers, payload)
                returning id),
            n as (
                insert into outbox (shard, topic, key, headers, payload)
                select $27::int, $28, p.thread_id, '{}', json_build_object(
                    'project_id', p.project_id, 'run', p.document, 'version', p.version,
                    'epoch', p.epoch, 'stream', p.stream, 'spent', p.spent,
                    'contents', p.contents)::text
                from p returning id, payload)
            select (select count(*) from r) as written, array(select id from o order by id) as facts,
                (select id from n) as next_fact, (select payload from n) as next_request
            """;

    /**
     * What the statement came to.
     *
     * @param done whether it changed the run
     * @param ids of the facts' rows
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(boolean done, Long[] ids, List<Fact> facts) {}

    Written written(Row result) {
        boolean done = result.getLong("written") == 1;
        Long[] ids = result.getArrayOfLongs("facts");
        Long next = result.getLong("next_fact");
        if (next == null) {
            return new Written(done, ids, facts);
        }
        Fact request =
                new Fact(
                        Topics.RUN_REQUESTED,
                        after.run().threadId(),
                        Map.of(),
                        result.getString("next_request"));
        return new Written(
                done,
                Stream.concat(Stream.of(ids), Stream.of(next)).toArray(Long[]::new),
                Stream.concat(facts.stream(), Stream.of(request)).toList());
    }

    Tuple parameters() {
        Outbox.Columns out = Outbox.columns(facts);
        return Tuple.tuple()
                .addString(after.run().threadId())
                .addString(after.run().status().wire())
                .addString(Json.compact(after.run()))
                .addInteger(after.version())
                .addInteger(after.epoch())
                .addString(after.worker())
                .addInteger(after.stream())
                .addString(Json.compact(after.spent()))
                .addBoolean(!after.run().status().isActive())
                .addString(before.run().id())
                .addInteger(before.version())
                .addInteger(before.epoch())
                .addArrayOfString(column(messages, Message::id))
                .addArrayOfString(column(messages, Json::compact))
                .addArrayOfString(column(steps, s -> s.step().id()))
                .addArrayOfBoolean(steps.stream().map(OpenStep::open).toArray(Boolean[]::new))
                .addArrayOfString(column(steps, s -> Json.compact(s.spent())))
                .addArrayOfString(column(steps, s -> Json.compact(s.step().settled())))
                .addArrayOfInteger(out.shards())
                .addArrayOfString(out.topics())
                .addArrayOfString(out.keys())
                .addArrayOfString(out.headers())
                .addArrayOfString(out.payloads())
                .addArrayOfString(column(steps, s -> s.step().type()))
                .addBoolean(before.freesThread(after))
                .addInteger(before.waiting() ? 1 : 0)
                .addInteger(Outbox.shard(after.run().threadId()))
                .addString(Topics.RUN_REQUESTED);
    }

    /** Whether the store has this already; the second at which it was decided may be another. */
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
