package dev.threadwell.store;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.Outbox;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new run with its messages, its facts and perhaps its thread, as one statement. */
record RunInsert(
        RunRow row,
        @Nullable ThreadObject thread,
        boolean waits,
        List<Message> messages,
        List<Fact> facts) {

    /** How many runs may wait for a thread. */
    static final int MAX_WAITING = 100;

    private static final String EXISTING_THREAD =
            "with l as (select id, seq, waiting, false as created from threads"
                    + " where id = $1 and project_id = $2 for update),";

    private static final String NEW_THREAD =
            """
            with l as (
                insert into threads (id, project_id, seq, document)
                values ($1, $2, 1 + cardinality($8::text[]), $17::text::json)
                returning id, 0::bigint as seq, true as created),
            """;

    /** The partial unique index is the thread lock: a second active run is not inserted. */
    private static final String RUN =
            """
            r as (
                insert into runs (id, project_id, thread_id, seq, status, stream, expires_at, spent,
                    document, contents, with_thread)
                select $3, $2, l.id, l.seq + 1 + cardinality($8::text[]), 'queued', $4::int, $5::bigint,
                    $6::text::json, $7::text::json, $16::bool, l.created
                from l
                on conflict (thread_id)
                    where ended_at is null and not waiting do nothing
                returning id, thread_id, seq),
            m as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select x.id, $2, r.thread_id, r.seq - 1 - cardinality($8::text[]) + x.n, x.role, null,
                    x.document::json
                from r, unnest($8::text[], $9::text[], $10::text[]) with ordinality as x(id, role, document, n)),
            """;

    /** Refused by the index, a run can still wait; its messages are held back for as long. */
    private static final String OR_WAITS =
            """
            q as (
                insert into runs (id, project_id, thread_id, seq, status, stream, expires_at, spent,
                    document, contents, waiting, held_ids, held_roles, held_documents)
                select $3, $2, l.id, l.seq + 1, 'queued', $4::int, $5::bigint, $6::text::json,
                    $7::text::json, $16::bool, true, $8::text[], $9::text[], $10::text[]::json[]
                from l where not exists (select 1 from r) and l.waiting < %d
                returning thread_id, seq),
            b as (select thread_id, seq, 0 as waits from r
                union all select thread_id, seq, 1 as waits from q),
            t as (
                update threads set seq = b.seq, waiting = threads.waiting + b.waits
                from b where threads.id = b.thread_id),
            """
                    .formatted(MAX_WAITING);

    private static final String OR_IS_REFUSED = "b as (select thread_id, seq, 0 as waits from r),";

    private static final String THREAD_COUNTS_ON =
            "t as (update threads set seq = r.seq from r where threads.id = r.thread_id),";

    /** A run that waits is announced, but not requested. */
    private static final String FACTS =
            """
            o as (
                insert into outbox (shard, topic, key, headers, payload)
                select x.shard, x.topic, x.key, x.headers::json, x.payload
                from b, unnest($11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
                    as x(shard, topic, key, headers, payload)
                where b.waits = 0 or x.topic <> '%s'
                returning id)
            select exists(select 1 from l) as found, (select waits from b) as waits,
                array(select id from o order by id) as facts
            """
                    .formatted(Topics.RUN_REQUESTED);

    private static final String ON_THREAD_SQL =
            EXISTING_THREAD + RUN + OR_IS_REFUSED + THREAD_COUNTS_ON + FACTS;
    private static final String BEHIND_OTHERS_SQL = EXISTING_THREAD + RUN + OR_WAITS + FACTS;
    private static final String WITH_THREAD_SQL = NEW_THREAD + RUN + OR_IS_REFUSED + FACTS;

    /** On a thread that no other run holds. */
    static RunInsert onThread(RunRow row, List<Message> messages, Instant now) {
        return new RunInsert(row, null, false, messages, facts(row, now));
    }

    /** On a thread that others may hold: then the run waits, unless too many do. */
    static RunInsert behindOthers(RunRow row, List<Message> messages, Instant now) {
        return new RunInsert(row, null, true, messages, facts(row, now));
    }

    /** On a thread of its own. */
    static RunInsert withThread(
            RunRow row, ThreadObject thread, List<Message> messages, Instant now) {
        return new RunInsert(row, thread, false, messages, facts(row, now));
    }

    /** Announced first: what is not requested yet has only that fact. */
    private static List<Fact> facts(RunRow row, Instant now) {
        return RunMoves.facts(row, row, RunLifecycle.created(row.run()).effects(), now);
    }

    String sql() {
        if (thread != null) {
            return WITH_THREAD_SQL;
        }
        return waits ? BEHIND_OTHERS_SQL : ON_THREAD_SQL;
    }

    /** The row that the statement wrote; null if it wrote none. */
    @Nullable RunRow written(Row result) {
        Integer behind = result.getInteger("waits");
        if (behind == null) {
            return null;
        }
        return behind == 0 ? row : row.behindOthers();
    }

    Tuple parameters() {
        Run run = row.run();
        Outbox.Columns out = Outbox.columns(facts);
        Tuple parameters =
                Tuple.tuple()
                        .addString(run.threadId())
                        .addString(row.projectId())
                        .addString(run.id())
                        .addInteger(row.stream())
                        .addLong(run.createdAt() + Run.LIFETIME_SECONDS)
                        .addString(Json.compact(row.spent()))
                        .addString(Json.compact(run))
                        .addArrayOfString(messages.stream().map(Message::id).toArray(String[]::new))
                        .addArrayOfString(
                                messages.stream().map(Message::role).toArray(String[]::new))
                        .addArrayOfString(
                                messages.stream().map(Json::compact).toArray(String[]::new))
                        .addArrayOfInteger(out.shards())
                        .addArrayOfString(out.topics())
                        .addArrayOfString(out.keys())
                        .addArrayOfString(out.headers())
                        .addArrayOfString(out.payloads())
                        .addBoolean(row.contents());
        return thread == null ? parameters : parameters.addString(Json.compact(thread));
    }
}
