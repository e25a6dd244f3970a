package dev.threadwell.store;

import dev.threadwell.outbox.Fact;
import dev.threadwell.outbox.Outbox;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new run with its messages, its facts and perhaps its thread, as one statement. */
record RunInsert(
        RunRow row, @Nullable ThreadObject thread, List<Message> messages, List<Fact> facts) {

    private static final String EXISTING_THREAD =
            "with l as (select id, seq from threads where id = $1 and project_id = $2 for update),";

    private static final String NEW_THREAD =
            """
            with l as (
                insert into threads (id, project_id, seq, document)
                values ($1, $2, 1 + cardinality($8::text[]), $17::text::json)
                returning id, 0::bigint as seq),
            """;

    private static final String THREAD_COUNTS_ON =
            "t as (update threads set seq = r.seq from r where threads.id = r.thread_id),";

    /** The partial unique index is the thread lock: a second active run is not inserted. */
    private static final String RUN =
            """
            r as (
                insert into runs (id, project_id, thread_id, seq, status, stream, expires_at, spent,
                    document, contents)
                select $3, $2, l.id, l.seq + 1 + cardinality($8::text[]), 'queued', $4::int, $5::bigint,
                    $6::text::json, $7::text::json, $16::bool
                from l
                on conflict (thread_id)
                    where ended_at is null do nothing
                returning id, thread_id, seq),
            m as (
                insert into messages (id, project_id, thread_id, seq, role, run_id, document)
                select x.id, $2, r.thread_id, r.seq - 1 - cardinality($8::text[]) + x.n, x.role, null,
                    x.document::json
                from r, unnest($8::text[], $9::text[], $10::text[]) with ordinality as x(id, role, document, n)),
            %s
            o as (
                insert into outbox (shard, topic, key, headers, payload)
                select x.shard, x.topic, x.key, x.headers::json, x.payload
                from r, unnest($11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
                    as x(shard, topic, key, headers, payload)
                returning id)
            select exists(select 1 from l) as found, exists(select 1 from r) as created,
                array(select id from o order by id) as facts
            """;

    private static final String ON_THREAD_SQL = EXISTING_THREAD + RUN.formatted(THREAD_COUNTS_ON);
    private static final String WITH_THREAD_SQL = NEW_THREAD + RUN.formatted("");

    static RunInsert onThread(RunRow row, List<Message> messages, Instant now) {
        return new RunInsert(row, null, messages, facts(row, now));
    }

    static RunInsert withThread(
            RunRow row, ThreadObject thread, List<Message> messages, Instant now) {
        return new RunInsert(row, thread, messages, facts(row, now));
    }

    private static List<Fact> facts(RunRow row, Instant now) {
        return RunMoves.facts(row, row, RunLifecycle.created(row.run()).effects(), now);
    }

    String sql() {
        return thread == null ? ON_THREAD_SQL : WITH_THREAD_SQL;
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
