package dev.threadwell.platform.outbox;

import dev.threadwell.platform.lease.DatabaseJobLease;
import dev.threadwell.platform.lease.JobLease;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * The transactional outbox: messages for Kafka that are stored in the transaction they report.
 *
 * <p>The process that committed publishes them at once ({@link #committed}) and removes published
 * rows in batches ({@link #removePublished}). Rows that a crash left behind are published by the
 * process that has the shard's lease ({@link #sweep}). So every message is published at least once,
 * and its consumers have to be idempotent.
 */
@ApplicationScoped
public class Outbox {

    /**
     * The number of shards of the outbox, each of which is swept by one process at a time. The
     * shard is a column of the row, and sweeps go by the rows that are there, so that versions with
     * different numbers publish each other's rows.
     */
    public static final int SHARDS = 16;

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int BATCH = 500;

    /** The most rows of a shard's sweep that are looked through, the oldest of all shards. */
    private static final int LOOKED_THROUGH = BATCH * SHARDS;

    /**
     * The most rows that are read to find out whether a process has left any. Rows are about as old
     * as their ids, so one that was left behind is among the first.
     */
    private static final int LOOKED_AT = 500;

    /**
     * As long as rows have to be left before others publish them, so that it delays nothing that
     * the process that held it has died.
     */
    private static final Duration LOOKING = Duration.ofSeconds(3);

    private static final String SAVE =
            """
            with o as (
                insert into outbox (shard, topic, key, headers, payload)
                select x.shard, x.topic, x.key, x.headers::json, x.payload
                from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
                    as x(shard, topic, key, headers, payload)
                returning id)
            select array(select id from o order by id) as ids
            """;

    private static final String REMOVE = "delete from outbox where id = any($1)";

    private static final String LEASE =
            """
            insert into leases (name, holder, until) values ($1, $2, now() + interval '5 seconds')
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
                where leases.until < now() or leases.holder = excluded.holder
            returning name
            """;

    private static final String LEFT_BEHIND =
            """
            select id, topic, key, headers::text as headers, payload
            from (select * from outbox order by id limit $3) as oldest
            where shard = $1 and created_at < now() - interval '3 seconds'
            order by id limit $2
            """;

    private static final String SHARDS_LEFT_BEHIND =
            """
            select shard, count(*) as rows
            from (select shard, created_at from outbox order by id limit $1) as oldest
            where created_at < now() - interval '3 seconds' group by shard
            """;

    private final Pool pool;
    private final OutboxProducer producer;
    private final Queue<Long> published = new ConcurrentLinkedQueue<>();

    @Inject
    public Outbox(Pool pool, OutboxProducer producer) {
        this.pool = pool;
        this.producer = producer;
    }

    /** The shard of the messages with this key. */
    public static int shard(String key) {
        return Math.floorMod(key.hashCode(), SHARDS);
    }

    /** The messages as one array per column, for the statement that inserts them. */
    public static Columns columns(List<OutboxMessage> messages) {
        int n = messages.size();
        Columns columns =
                new Columns(
                        new Integer[n], new String[n], new String[n], new String[n], new String[n]);
        for (int i = 0; i < n; i++) {
            OutboxMessage message = messages.get(i);
            columns.shards[i] = shard(message.key());
            columns.topics[i] = message.topic();
            columns.keys[i] = message.key();
            columns.headers[i] = Json.compact(message.headers());
            columns.payloads[i] = message.payload();
        }
        return columns;
    }

    /**
     * Inserts messages with a statement of their own and returns their ids. Must run in the
     * transaction that the messages report.
     */
    public static Uni<Long[]> save(SqlConnection c, List<OutboxMessage> messages) {
        Columns out = columns(messages);
        return c.preparedQuery(SAVE)
                .execute(
                        Tuple.tuple()
                                .addArrayOfInteger(out.shards())
                                .addArrayOfString(out.topics())
                                .addArrayOfString(out.keys())
                                .addArrayOfString(out.headers())
                                .addArrayOfString(out.payloads()))
                .map(rows -> rows.iterator().next().getArrayOfLongs("ids"));
    }

    /**
     * Publishes messages after their transaction has committed.
     *
     * @param ids the ids of the rows, in the order of the messages
     */
    public void committed(Long[] ids, List<OutboxMessage> messages) {
        for (int i = 0; i < ids.length; i++) {
            var unused = publish(ids[i], messages.get(i));
        }
    }

    private CompletableFuture<Boolean> publish(Long id, OutboxMessage message) {
        return producer.send(message)
                .handle(
                        (metadata, failure) -> {
                            if (failure == null) {
                                published.add(id);
                            } else if (failure instanceof RecordTooLargeException) {
                                var unused = giveUp(id, message);
                            } else {
                                LOG.warnf(
                                        "message stays in the outbox topic=%s id=%d reason=%s",
                                        message.topic(), id, failure.getMessage());
                                return false;
                            }
                            return true;
                        });
    }

    /**
     * Drops a message that is too large for Kafka, because every attempt would fail; the run it is
     * about expires. The dead letter has its key, but not its payload.
     */
    private CompletableFuture<Boolean> giveUp(Long id, OutboxMessage message) {
        LOG.errorf(
                "message is too large for Kafka topic=%s id=%d key=%s",
                message.topic(), id, message.key());
        if (!Topics.consumed().contains(message.topic())) {
            return CompletableFuture.completedFuture(published.add(id));
        }
        return producer.deadLetter(
                        message.topic(), message.key(), new byte[0], "larger than Kafka takes")
                .thenApply(metadata -> published.add(id));
    }

    /** Deletes the rows that have been published since the last call. */
    public Uni<Void> removePublished() {
        List<Long> ids = new ArrayList<>();
        for (Long id = published.poll(); id != null; id = published.poll()) {
            ids.add(id);
        }
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .onFailure()
                .invoke(() -> published.addAll(ids))
                .replaceWithVoid();
    }

    /** The lease of the process that looks for what others have left behind. */
    public JobLease lookingLease(String holder) {
        return new DatabaseJobLease(pool, "outbox", holder, LOOKING);
    }

    /**
     * The shards with messages that are older than their own process needs to publish and delete
     * them. Only the oldest rows are read; if all of those were left behind, the others may be too,
     * of whatever shard they are.
     */
    public Uni<Set<Integer>> shardsLeftBehind() {
        return pool.preparedQuery(SHARDS_LEFT_BEHIND)
                .execute(Tuple.of(LOOKED_AT))
                .map(Outbox::shards);
    }

    private static Set<Integer> shards(RowSet<Row> rows) {
        Set<Integer> shards = new TreeSet<>();
        long left = 0;
        for (Row row : rows) {
            shards.add(row.getInteger("shard"));
            left += row.getLong("rows");
        }
        if (left >= LOOKED_AT) {
            IntStream.range(0, SHARDS).forEach(shards::add);
        }
        return shards;
    }

    /**
     * Publishes the messages of a shard that other processes committed but did not publish, if this
     * process gets the shard's lease.
     *
     * @return false if Kafka did not take all of them
     */
    public Uni<Boolean> sweep(String holder, int shard) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of("outbox/" + shard, holder))
                .chain(
                        held ->
                                held.rowCount() == 0
                                        ? Uni.createFrom().item(true)
                                        : publishLeftBehind(shard));
    }

    private Uni<Boolean> publishLeftBehind(int shard) {
        return pool.preparedQuery(LEFT_BEHIND)
                .execute(Tuple.of(shard, BATCH, LOOKED_THROUGH))
                .chain(this::publishAll)
                .call(this::removePublished);
    }

    private Uni<Boolean> publishAll(RowSet<Row> rows) {
        List<CompletableFuture<Boolean>> sent = new ArrayList<>();
        for (Row row : rows) {
            sent.add(publish(row.getLong("id"), message(row)));
        }
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)))
                .map(all -> sent.stream().allMatch(CompletableFuture::join));
    }

    @SuppressWarnings("unchecked")
    private static OutboxMessage message(Row row) {
        Map<String, String> headers = Json.read(row.getString("headers"), Map.class);
        return new OutboxMessage(
                row.getString("topic"), row.getString("key"), headers, row.getString("payload"));
    }

    /** Messages, as one array per column. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Columns(
            Integer[] shards,
            String[] topics,
            String[] keys,
            String[] headers,
            String[] payloads) {}
}
